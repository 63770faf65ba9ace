using HotDash.Integrations.Google;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Integrations.SearchConsole;

public static class SearchConsoleRegistration
{
    /// <summary>Adds <see cref="SearchConsoleClient"/> and <see cref="SearchConsoleOptions"/>.</summary>
    public static IServiceCollection AddSearchConsole(this IServiceCollection services, Attempts attempts = Attempts.Several) =>
        services.AddGoogleIntegration<SearchConsoleClient, SearchConsoleOptions>("search-console", attempts, Protect)
            .AddProbe<SearchConsoleClient>("search-console", "Can read the property", "Cannot read the property", (search, ct) => search.EnsureReadableAsync(ct));

    private static void Protect(ResilienceOptions resilience) => resilience.RateLimit = new(1200, TimeSpan.FromMinutes(1));
}
