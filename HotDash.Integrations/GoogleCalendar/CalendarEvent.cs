namespace HotDash.Integrations.GoogleCalendar;

/// <summary>An event as it is there.</summary>
/// <param name="ETag">Changes whenever somebody changes the event; null only of a deleted one.</param>
/// <param name="IsDeleted">Deleted there. Its id stays taken, and it comes back when it is patched.</param>
/// <param name="Mark">What <see cref="EventFields.Fingerprint()"/> was when we wrote it; null when we did not.</param>
public sealed record CalendarEvent(string Id, string? ETag, bool IsDeleted, DateTimeOffset? UpdatedAt, string? Link, EventFields Fields, string? Mark)
{
    /// <summary>Nobody has changed, since we wrote it, what we wrote.</summary>
    public bool IsAsWritten => Mark == Fields.Fingerprint();
}

/// <summary>An event as we want it.</summary>
/// <param name="Reminders">So many minutes before the start. Google keeps them for each reader: these are the service account's.</param>
public sealed record EventDraft(EventFields Fields, IReadOnlyList<int> Reminders);

/// <summary>What changed in the calendar since the token was given.</summary>
/// <param name="Events">Ours, and deleted ones, of which Google tells no more than the id.</param>
public sealed record CalendarChanges(IReadOnlyList<CalendarEvent> Events, string SyncToken);

/// <summary>The colors that Google gives events, by its numbers. https://developers.google.com/workspace/calendar/api/v3/reference/colors</summary>
public enum EventColor { Lavender = 1, Sage, Grape, Flamingo, Banana, Tangerine, Peacock, Graphite, Blueberry, Basil, Tomato }
