using HotDash.ControlPlane.Calendar;

namespace HotDash.Pollers.Jobs.Calendar;

internal static class CalendarJobRegistration
{
    /// <summary>What the feature's jobs need beyond the feature itself.</summary>
    public static void AddCalendarJobs(this IHostApplicationBuilder builder)
    {
        builder.AddCalendar();
        builder.Services.AddTransient<EventMirror>();
    }
}
