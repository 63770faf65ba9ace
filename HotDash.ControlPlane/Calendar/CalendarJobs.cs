namespace HotDash.ControlPlane.Calendar;

/// <summary>The background work of the feature, by the names under which it is queued.</summary>
public static class CalendarJobs
{
    public const string SyncEvent = "calendar.sync-event";
    public const string Compare = "calendar.compare";

    /// <summary>Runs that fail before an event is left to a person; with the runner's back-off they span two hours.</summary>
    public const int MaxTries = 20;

    /// <summary>The job ends by its own rule: a dead one would strand its event.</summary>
    internal const int NeverDead = 1_000_000;
}

/// <summary>Brings one event to where it should be.</summary>
public sealed record SyncEventPayload(string EventId);
