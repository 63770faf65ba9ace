namespace HotDash.Integrations;

/// <summary>How one call ended.</summary>
/// <param name="Integration">Key, such as <c>publer</c>.</param>
/// <param name="Operation">Name of the operation, such as <c>schedule-post</c>; one of a small, constant set.</param>
/// <param name="Source">Where the answer came from; <see cref="OutcomeSources.Health"/> for a health check.</param>
/// <param name="Flag">The flag that switches the integration; null where there are no flags.</param>
/// <param name="Variant">What it said of the unit that the call was made for (<see cref="CallUnit"/>): <see cref="On"/> or <see cref="Off"/>; null without a flag.</param>
/// <param name="Kind">Ok, or the one way in which it failed.</param>
/// <param name="Duration">All attempts and the waits between them.</param>
/// <param name="At">When it ended.</param>
public readonly record struct Outcome(
    string Integration, string Operation, string Source, string? Flag, string? Variant, OutcomeKind Kind, TimeSpan Duration, DateTimeOffset At)
{
    public const string On = "on";
    public const string Off = "off";
}

/// <summary>Sources of outcomes that are no provider's.</summary>
public static class OutcomeSources
{
    /// <summary>Calls of health checks, which nobody waits for.</summary>
    public const string Health = "health";

    /// <summary>
    /// Not calls but answers to readers, of an integration that is on: the operation is where each came from, such as <c>publer</c> or
    /// <c>snapshot</c>.
    /// </summary>
    public const string Answers = "answers";

    /// <summary>For SQL: what is left out wherever the calls that somebody asked for are counted.</summary>
    public const string NotCalls = $"'{Health}', '{Answers}', 'mock'";
}

/// <summary>Ok, or one of <see cref="IntegrationCodes"/>. The numbers may be stored: add at the end only.</summary>
public enum OutcomeKind
{
    Ok = 0,
    Unauthorized = 1,
    NotFound = 2,
    Conflict = 3,
    Rejected = 4,
    RateLimited = 5,
    Unavailable = 6,
    Timeout = 7,
    Network = 8,
    UnexpectedReply = 9,
    CircuitOpen = 10,
    CredentialsMissing = 11,
    IntegrationDisabled = 12,
    IntegrationPaused = 13,
    EgressRefused = 14,
}

/// <summary>Kinds of outcomes by their codes of docs/errors.md.</summary>
public static class OutcomeKinds
{
    private static readonly string[] Codes =
    [
        "ok", IntegrationCodes.Unauthorized, IntegrationCodes.NotFound, IntegrationCodes.Conflict, IntegrationCodes.Rejected,
        IntegrationCodes.RateLimited, IntegrationCodes.Unavailable, IntegrationCodes.Timeout, IntegrationCodes.Network,
        IntegrationCodes.UnexpectedReply, IntegrationCodes.CircuitOpen, IntegrationCodes.CredentialsMissing,
        IntegrationCodes.IntegrationDisabled, IntegrationCodes.IntegrationPaused, IntegrationCodes.EgressRefused,
    ];

    /// <returns><c>ok</c> or the failure's code.</returns>
    public static string Code(this OutcomeKind kind) => Codes[(int)kind];

    /// <exception cref="ArgumentOutOfRangeException">No failure has this code.</exception>
    public static OutcomeKind Parse(string code) => Array.IndexOf(Codes, code) is var kind and >= 0
        ? (OutcomeKind)kind
        : throw new ArgumentOutOfRangeException(nameof(code), code, "No outcome has this code.");
}
