using System.Text.Json.Serialization;
using HotDash.Integrations;

namespace HotDash.ControlPlane.Calendar;

/// <summary>How a plan as a whole stands: what comes first here goes before what comes after.</summary>
[JsonConverter(typeof(SnakeCaseConverter<PlanStatus>))]
public enum PlanStatus
{
    /// <summary>Something is on its way.</summary>
    Syncing,

    /// <summary>Something could not be brought about; its dead letter is kept.</summary>
    Failed,

    /// <summary>Somebody changed or deleted something there.</summary>
    Differs,

    /// <summary>All is there as it should be.</summary>
    Synced,

    /// <summary>Nothing of it is there any more.</summary>
    Unsynced,
}

/// <summary>How one entry of a plan stands in the calendar; <c>There</c> is what somebody did in the calendar itself.</summary>
[JsonConverter(typeof(SnakeCaseConverter<PlanEntryStatus>))]
public enum PlanEntryStatus { Waiting, Synced, ChangedThere, DeletedThere, Removing, Removed, Failed }

/// <summary>How a plan stands in the calendar.</summary>
/// <param name="ComparedAt">When the calendar was last looked through for changes; null: not yet.</param>
public sealed record PlanView(string PlanId, string Source, DateTimeOffset? ComparedAt, IReadOnlyList<PlanEntryView> Entries)
{
    public PlanStatus Status => this switch
    {
        _ when Any(PlanEntryStatus.Waiting, PlanEntryStatus.Removing) => PlanStatus.Syncing,
        _ when Any(PlanEntryStatus.Failed) => PlanStatus.Failed,
        _ when Any(PlanEntryStatus.ChangedThere, PlanEntryStatus.DeletedThere) => PlanStatus.Differs,
        _ when Any(PlanEntryStatus.Synced) => PlanStatus.Synced,
        _ => PlanStatus.Unsynced,
    };

    private bool Any(params PlanEntryStatus[] statuses) => Entries.Any(entry => statuses.Contains(entry.Status));
}

/// <summary>How one event stands.</summary>
/// <param name="ChangedThere">What somebody changed there: title, description, start, end, color.</param>
/// <param name="UpdatedThere">When it was last changed there, by whomever.</param>
/// <param name="DeadLetterId">Of a failed one: where it is kept, to be replayed.</param>
public sealed record PlanEntryView(
    string ItemId, string EventId, string Title, PlanEntryStatus Status, IReadOnlyList<string> ChangedThere, DateTimeOffset? UpdatedThere,
    string? Link, string? Error, Guid? DeadLetterId);
