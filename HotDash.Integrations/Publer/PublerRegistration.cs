using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Integrations.Publer;

public static class PublerRegistration
{
    /// <summary>Adds <see cref="PublerClient"/> and <see cref="PublerOptions"/>.</summary>
    public static IServiceCollection AddPubler(this IServiceCollection services, Attempts attempts = Attempts.Several) =>
        services.AddIntegration<PublerClient, PublerOptions>("publer", attempts, Protect)
            .AddProbe<PublerClient>("publer", "API authentication successful", "API authentication failed", (publer, ct) => publer.AuthenticateAsync(ct))
            .AddProbe<PublerClient>("publer", "Can fetch accounts", "Cannot fetch accounts", (publer, ct) => publer.ListAccountsAsync(ct));

    private static void Protect(ResilienceOptions resilience) => resilience.RateLimit = new(100, TimeSpan.FromMinutes(2));
}
