namespace HotDash.ControlPlane.DeadLetters;

/// <summary>What became of sending a letter again, or of looking it up.</summary>
/// <param name="State">Where the letter stands then.</param>
/// <param name="Result">How the replay counts it: <c>replayed</c>, <c>found</c> or <c>failed</c>; null when it is not over for the replay.</param>
/// <param name="Failure">Why the letter stays; null keeps what is known.</param>
/// <param name="Again">When the replay comes back to it, if it is not over.</param>
/// <param name="Sent">Whether a call was made.</param>
internal sealed record LetterEnd(LetterState State, string? Result, LetterFailure? Failure = null, TimeSpan Again = default, bool Sent = false)
{
    public static LetterEnd Replayed { get; } = new(LetterState.Replayed, "replayed", Sent: true);

    /// <summary>It was looked up, and the effect was there all along.</summary>
    public static LetterEnd Found { get; } = new(LetterState.Replayed, "found");

    public static LetterEnd Failed(LetterFailure failure) => new(failure.OutcomeUnknown ? LetterState.Unknown : LetterState.Pending, "failed", failure, Sent: true);

    /// <summary>It was looked up until that proved that there is no effect, and is not sent once more.</summary>
    public static LetterEnd Absent { get; } = new(LetterState.Pending, "failed");

    /// <summary>Nothing went out, and that is not the letter's fault.</summary>
    public static LetterEnd NotSent(TimeSpan again) => new(LetterState.Pending, null, Again: again);

    /// <summary>Nobody knows whether it had its effect: the replay looks it up once the effect would surely show.</summary>
    public static LetterEnd Lost(LetterFailure? failure, TimeSpan again) => new(LetterState.Unknown, null, failure, again, Sent: true);
}
