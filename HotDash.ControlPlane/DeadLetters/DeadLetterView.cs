using HotDash.ControlPlane.Reads;
using HotDash.Integrations;

namespace HotDash.ControlPlane.DeadLetters;

/// <summary>A dead letter as lists show it: nothing of the request.</summary>
/// <param name="Failure">A code of docs/errors.md.</param>
/// <param name="Summary">Why it is here, in our own words.</param>
/// <param name="Origin">Who asked for the write.</param>
/// <param name="ReplayId">The replay that has it, or had it last.</param>
/// <param name="SettledBy">Who replayed or discarded it.</param>
public sealed record DeadLetterView(
    Guid Id,
    string Integration,
    string Operation,
    LetterState State,
    string Failure,
    string Summary,
    int Attempts,
    DateTimeOffset KeptAt,
    DateTimeOffset FirstAt,
    DateTimeOffset LastAt,
    string? TraceId,
    string? IdempotencyKey,
    string? Origin,
    string? Subject,
    Guid? ReplayId,
    DateTimeOffset? SettledAt,
    string? SettledBy,
    string? SettledReason);

/// <summary>A letter with its request. A class: a record would print the request.</summary>
public sealed class OpenedLetter(DeadLetterView letter, DeadLetterRequest? request)
{
    public DeadLetterView Letter => letter;

    /// <summary>Null when it cannot be opened any more: its data-protection key is gone.</summary>
    public DeadLetterRequest? Request => request;
}

/// <summary>Where a page of letters ended.</summary>
public sealed record DeadLetterPosition(DateTimeOffset KeptAt, Guid Id) : Cursor;

/// <summary>How many letters of one cause stand where.</summary>
public sealed record CauseGroup(
    string Integration, string Operation, string Failure, string Summary, long Pending, long Unknown, long Replaying, long Replayed, long Discarded);
