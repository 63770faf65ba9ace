using HotDash.ControlPlane.Reads;
using HotDash.Integrations.Supabase;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HotDash.ControlPlane.IdeaPool;

public static class IdeaPoolRegistration
{
    /// <summary>Needs <c>AddControlPlane</c> and <c>AddSupabase</c>.</summary>
    public static void AddIdeaPool(this IHostApplicationBuilder builder)
    {
        builder.Services.AddTransient(services => new IdeaPoolReads(
            services.GetRequiredService<SupabaseClient>(),
            services.GetRequiredService<SupabaseOptions>(),
            services.GetRequiredService<ReadChain>()));
        builder.Services.AddTransient<IdeaPoolWrites>();
    }
}
