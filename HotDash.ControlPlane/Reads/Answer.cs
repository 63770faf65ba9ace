namespace HotDash.ControlPlane.Reads;

/// <summary>A value, where it came from and how old it is.</summary>
/// <param name="Value">What was asked for.</param>
/// <param name="Source">The provider's source name, <c>snapshot</c> or <c>mock</c>.</param>
/// <param name="AsOf">When the source said so.</param>
/// <param name="Warnings">Why it is not live, if it should be.</param>
public sealed record Answer<T>(T Value, string Source, DateTimeOffset AsOf, IReadOnlyList<Warning> Warnings);

/// <summary>Why an answer is less than it should be: a stable code for programs, a sentence for people.</summary>
public sealed record Warning(string Code, string Message)
{
    /// <summary>The provider has not one row: most likely it was never filled.</summary>
    public const string EmptyTable = "empty_table";
}

/// <summary>Sources that are no provider.</summary>
public static class Sources
{
    public const string Snapshot = "snapshot";
    public const string Mock = "mock";
}
