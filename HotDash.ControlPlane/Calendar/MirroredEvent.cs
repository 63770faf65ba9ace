using HotDash.Integrations;
using HotDash.Integrations.GoogleCalendar;

namespace HotDash.ControlPlane.Calendar;

/// <summary>An event as a job is to bring it about.</summary>
/// <param name="Wanted">Whether it shall be there at all.</param>
/// <param name="Overwrite">Also over what somebody changed or deleted there.</param>
/// <param name="ETag">What it was there after our last write; null when we do not know that it is there.</param>
public sealed record MirroredEvent(string EventId, EventDraft Draft, bool Wanted, bool Overwrite, string? ETag)
{
    /// <summary>Nobody but us has had a hand in what is there, or it does not matter.</summary>
    public bool MayReplace(CalendarEvent there) =>
        Overwrite || there.ETag == ETag || there.IsAsWritten || Draft.Fields.Differences(there.Fields) is [];
}

/// <summary>What a claim answers.</summary>
/// <param name="Event">To be brought about now, if any.</param>
/// <param name="IsBusy">An older job for it may have a call on the wire: ask again. Otherwise this job is not needed any more.</param>
public sealed record EventClaim(MirroredEvent? Event, bool IsBusy);

/// <summary>What a job, or a look at the calendar, found.</summary>
public enum EventState { Done, ChangedThere, DeletedThere, Failed }

/// <summary>How an event stands after a job, or after a look at the calendar.</summary>
/// <param name="There">As it is there; null when it is not, or when nobody knows.</param>
/// <param name="Changed">The fields that somebody changed there.</param>
public sealed record EventEnd(EventState State, CalendarEvent? There = null, IReadOnlyList<string>? Changed = null, IntegrationException? Failure = null)
{
    public static EventEnd Removed { get; } = new(EventState.Done);

    public static EventEnd Written(CalendarEvent there) => new(EventState.Done, there);

    public static EventEnd Failed(IntegrationException failure) => new(EventState.Failed, Failure: failure);

    /// <summary>What a look tells about an event that we had written.</summary>
    public static EventEnd Seen(EventDraft draft, CalendarEvent there) => (there.IsDeleted, draft.Fields.Differences(there.Fields)) switch
    {
        (true, _) => new(EventState.DeletedThere, there),
        (_, []) => new(EventState.Done, there),
        (_, var changed) => new(EventState.ChangedThere, there, changed),
    };
}

/// <summary>How far the calendar has been read; null: not at all.</summary>
public sealed record CalendarCursor(string? SyncToken);
