using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Integrations.Supabase;

public static class SupabaseRegistration
{
    /// <summary>Adds <see cref="SupabaseClient"/> and <see cref="SupabaseOptions"/>.</summary>
    public static IServiceCollection AddSupabase(this IServiceCollection services, Attempts attempts = Attempts.Several) =>
        services.AddIntegration<SupabaseClient, SupabaseOptions>("supabase", attempts, Protect)
            .AddProbe<SupabaseClient>("supabase", "API authentication successful", "API authentication failed", (supabase, ct) => supabase.AuthenticateAsync(ct))
            .AddProbe<SupabaseClient>("supabase", "Can read ideas", "Cannot read ideas", (supabase, ct) => supabase.CountIdeasAsync(new(), ct));

    private static void Protect(ResilienceOptions resilience) => resilience.Timeouts.Attempt = TimeSpan.FromSeconds(5);
}
