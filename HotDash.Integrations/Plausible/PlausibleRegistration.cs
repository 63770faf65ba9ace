using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Integrations.Plausible;

public static class PlausibleRegistration
{
    /// <summary>Adds <see cref="PlausibleClient"/> and <see cref="PlausibleOptions"/>.</summary>
    public static IServiceCollection AddPlausible(this IServiceCollection services, Attempts attempts = Attempts.Several) =>
        services.AddIntegration<PlausibleClient, PlausibleOptions>("plausible", attempts, Protect)
            .AddProbe<PlausibleClient>("plausible", "Can read the site's traffic", "Cannot read the site's traffic", (plausible, ct) => plausible.EnsureReadableAsync(ct));

    private static void Protect(ResilienceOptions resilience) => resilience.RateLimit = new(600, TimeSpan.FromHours(1));
}
