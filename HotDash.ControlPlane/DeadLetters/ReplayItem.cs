using HotDash.Integrations;

namespace HotDash.ControlPlane.DeadLetters;

/// <summary>The replay as its worker sees it.</summary>
/// <param name="InFlight">Letters that are on their way now.</param>
internal sealed record ActiveReplay(Guid Id, bool IsPreview, long InFlight);

/// <summary>One letter of a replay, with what decides about it. A class: a record would print the request.</summary>
internal sealed class ReplayItem
{
    public required Guid ReplayId { get; init; }

    public required Guid LetterId { get; init; }

    public required string Integration { get; init; }

    public required string Operation { get; init; }

    public required LetterState State { get; init; }

    /// <summary>Calls for the letter so far, by whomever. What was read or looked up before another one says nothing after it.</summary>
    public required int Attempts { get; init; }

    /// <summary>Those of them by this replay.</summary>
    public required int Sends { get; init; }

    public required string? Subject { get; init; }

    /// <summary>The replay that has the letter, or had it last.</summary>
    public required Guid? HeldBy { get; init; }

    /// <summary>The call that is under way, or was when its worker died.</summary>
    public required Guid? AttemptId { get; init; }

    /// <summary>Since that call was written down, by the store's clock, when this was read.</summary>
    public required TimeSpan AttemptAge { get; init; }

    /// <summary>Since the outcome became unknown: the call had ended by then.</summary>
    public required TimeSpan UnknownAge { get; init; }

    /// <summary>Null when it cannot be opened.</summary>
    public required DeadLetterRequest? Request { get; init; }
}
