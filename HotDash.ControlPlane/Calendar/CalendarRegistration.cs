using HotDash.ControlPlane.DeadLetters;
using HotDash.Integrations;
using HotDash.Integrations.GoogleCalendar;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HotDash.ControlPlane.Calendar;

public static class CalendarRegistration
{
    /// <summary>The feature and its integration. Needs <c>AddControlPlane</c>.</summary>
    public static void AddCalendar(this IHostApplicationBuilder builder, Attempts attempts = Attempts.Several)
    {
        builder.Services.AddGoogleCalendar(attempts);
        builder.Services.AddSingleton<PlanIntake>();
        builder.Services.AddSingleton<PlanReads>();
        builder.Services.AddSingleton<CalendarLedger>();
        builder.Services.AddSingleton<CalendarLetters>();
        builder.Services.AddSingleton<IReplayPath>(provider => provider.GetRequiredService<CalendarLetters>());
    }
}
