using HotDash.ControlPlane.DeadLetters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HotDash.ControlPlane.Calendar;

public static class CalendarRegistration
{
    /// <summary>Needs <c>AddControlPlane</c> and <c>AddGoogleCalendar</c>.</summary>
    public static void AddCalendar(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PlanIntake>();
        builder.Services.AddSingleton<PlanReads>();
        builder.Services.AddSingleton<CalendarLedger>();
        builder.Services.AddSingleton<CalendarLetters>();
        builder.Services.AddSingleton<IReplayPath>(provider => provider.GetRequiredService<CalendarLetters>());
    }
}
