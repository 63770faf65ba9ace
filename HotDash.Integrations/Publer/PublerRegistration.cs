using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Integrations.Publer;

public static class PublerRegistration
{
    /// <summary>Adds <see cref="PublerClient"/> and <see cref="PublerOptions"/>.</summary>
    public static IServiceCollection AddPubler(this IServiceCollection services, Attempts attempts = Attempts.Several) =>
        services.AddIntegration<PublerClient, PublerOptions>("publer", attempts, Protect);

    private static void Protect(ResilienceOptions resilience) => resilience.RateLimit = new(100, TimeSpan.FromMinutes(2));
}
