using HotDash.Integrations.Google;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Integrations.GoogleAnalytics;

public static class GoogleAnalyticsRegistration
{
    /// <summary>Adds <see cref="GoogleAnalyticsClient"/> and <see cref="GoogleAnalyticsOptions"/>.</summary>
    public static IServiceCollection AddGoogleAnalytics(this IServiceCollection services, Attempts attempts = Attempts.Several) =>
        services.AddGoogleIntegration<GoogleAnalyticsClient, GoogleAnalyticsOptions>("google-analytics", attempts, Protect)
            .AddProbe<GoogleAnalyticsClient>("google-analytics", "Can read the property", "Cannot read the property", (analytics, ct) => analytics.EnsureReadableAsync(ct));

    /// <summary>A property takes ten failures of Google's own in an hour, then refuses everything for the rest of it: few repetitions, long pauses.</summary>
    private static void Protect(ResilienceOptions resilience)
    {
        resilience.RateLimit = new(40_000, TimeSpan.FromHours(1)); // tokens, not requests
        resilience.Retry.MaxAttempts = 2;
        resilience.CircuitBreaker.FailureThreshold = 3;
        resilience.CircuitBreaker.OpenDuration = TimeSpan.FromMinutes(10);
    }
}
