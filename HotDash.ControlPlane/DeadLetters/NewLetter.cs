using HotDash.Integrations;

namespace HotDash.ControlPlane.DeadLetters;

/// <summary>A write to be kept. A class: a record would print the request.</summary>
public sealed class NewLetter
{
    public required string Integration { get; init; }

    public required string Operation { get; init; }

    public required DeadLetterRequest Request { get; init; }

    /// <summary>Why it is here.</summary>
    public required LetterFailure Failure { get; init; }

    public int Attempts { get; init; } = 1;

    /// <summary>Null: now, by the store's clock.</summary>
    public DateTimeOffset? FirstAt { get; init; }

    /// <inheritdoc cref="FirstAt"/>
    public DateTimeOffset? LastAt { get; init; }

    public string? TraceId { get; init; }

    public string? IdempotencyKey { get; init; }

    /// <summary>Who asked for the write.</summary>
    public string? Origin { get; init; }

    /// <summary>What of ours it stands for, which knows its own way to be sent again. It has one letter, however often it fails.</summary>
    public string? Subject { get; init; }

    internal static NewLetter Of(DeadLetter letter) => new()
    {
        Integration = letter.Integration,
        Operation = letter.Operation,
        Request = letter.Request,
        Failure = LetterFailure.Of(letter.Failure) with { OutcomeUnknown = letter.OutcomeUnknown },
        Attempts = letter.Attempts,
        FirstAt = letter.FirstAt,
        LastAt = letter.LastAt,
        TraceId = letter.TraceId,
        IdempotencyKey = letter.IdempotencyKey,
        Origin = letter.Origin,
    };
}

/// <summary>Why a write ended here.</summary>
/// <param name="Code">A code of docs/errors.md.</param>
/// <param name="Summary">In our own words: never a provider's text, a secret, or what differs from letter to letter.</param>
/// <param name="OutcomeUnknown">Whether the write may have had its effect all the same.</param>
public sealed record LetterFailure(string Code, string Summary, bool OutcomeUnknown)
{
    private const int MaxSummary = 300;

    public string Summary { get; } = Clean(Summary);

    public static LetterFailure Of(IntegrationException failure) => new(failure.Code, failure.Message, failure.OutcomeUnknown);

    private static string Clean(string text)
    {
        var clean = text.Replace('\0', ' ');
        return clean.Length <= MaxSummary ? clean : string.Concat(clean.AsSpan(0, MaxSummary - 1), "…");
    }
}
