using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Integrations.Supabase;

public static class SupabaseRegistration
{
    /// <summary>Adds <see cref="SupabaseClient"/> and <see cref="SupabaseOptions"/>.</summary>
    public static IServiceCollection AddSupabase(this IServiceCollection services, Attempts attempts = Attempts.Several) =>
        services.AddIntegration<SupabaseClient, SupabaseOptions>("supabase", attempts, Protect);

    private static void Protect(ResilienceOptions resilience) => resilience.Timeouts.Attempt = TimeSpan.FromSeconds(5);
}
