using HotDash.Integrations.Google;

using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Integrations.GoogleCalendar;

public static class GoogleCalendarRegistration
{
    /// <summary>Adds <see cref="GoogleCalendarClient"/> and <see cref="GoogleCalendarOptions"/>.</summary>
    public static IServiceCollection AddGoogleCalendar(this IServiceCollection services, Attempts attempts = Attempts.Several) =>
        services.AddGoogleIntegration<GoogleCalendarClient, GoogleCalendarOptions>("google-calendar", attempts, Protect)
            .AddProbe<GoogleCalendarClient>("google-calendar", "Can read the calendar", "Cannot read the calendar", (calendar, ct) => calendar.ProbeAsync(ct));

    private static void Protect(ResilienceOptions resilience) => resilience.RateLimit = new(600, TimeSpan.FromMinutes(1));
}
