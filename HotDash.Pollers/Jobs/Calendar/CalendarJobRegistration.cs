using HotDash.ControlPlane.Calendar;
using HotDash.Integrations;

namespace HotDash.Pollers.Jobs.Calendar;

internal static class CalendarJobRegistration
{
    /// <summary>What the feature's jobs need beyond the feature itself.</summary>
    public static void AddCalendarJobs(this IHostApplicationBuilder builder)
    {
        builder.AddCalendar(Attempts.One);
        builder.Services.AddTransient<EventMirror>();
    }
}
