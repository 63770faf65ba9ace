using HotDash.Integrations.Google;

namespace HotDash.Integrations.GoogleCalendar;

/// <summary>The connection to one calendar: <c>GOOGLE_CALENDAR_ID</c>, <c>GOOGLE_APPLICATION_CREDENTIALS</c>.</summary>
public sealed class GoogleCalendarOptions : GoogleOptions
{
    private const string CalendarVariable = "GOOGLE_CALENDAR_ID";

    public GoogleCalendarOptions()
        : base("google-calendar", "google-calendar")
    {
    }

    /// <summary><c>…@group.calendar.google.com</c>, or somebody's address.</summary>
    public string? CalendarId { get; private set; }

    internal override string Scope => "https://www.googleapis.com/auth/calendar.events";

    public override IReadOnlyList<Operation> Operations { get; } =
    [
        Operation.Reads("probe-calendar"),
        Operation.Reads("get-event"),
        Operation.Reads("list-events"),
        Operation.WritesAgain("insert-event", "the id is ours: a second event with it is a conflict"),
        Operation.WritesAgain("patch-event", "names the version that it changes: a second time is a conflict"),
        Operation.WritesAgain("delete-event", "a deleted event stays deleted"),
    ];

    internal override void Bind(IntegrationSettings settings)
    {
        BaseAddress = settings.Address("GOOGLE_CALENDAR_BASE_URL") ?? new Uri("https://www.googleapis.com/");
        CalendarId = settings.Credential(CalendarVariable);

        // A service account's own calendar is one that nobody sees.
        if (CalendarId is "primary")
            throw IntegrationSettings.Refuse(CalendarVariable, "must be the id of a calendar that is shared with the service account (Settings → Integrate calendar), not 'primary'");

        BindGoogle(settings, settings.Flag("CALENDAR_SYNC_ENABLED"), CalendarId is null ? [CalendarVariable] : []);
    }
}
