using HotDash.Integrations;
using HotDash.Integrations.Supabase;
using HotDash.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Pollers.Tests.Jobs;

/// <summary>The real client; only the far end of the wire is planned.</summary>
internal static class SupabaseServices
{
    public static ServiceProvider Create(StubProvider wire, bool live)
    {
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["IDEA_POOL_SUPABASE_ENABLED"] = live ? "true" : "false",
                ["SUPABASE_URL"] = "https://supabase.example",
                ["SUPABASE_SERVICE_KEY"] = "sb_secret_test",
            }).Build())
            .AddLogging()
            .AddSupabase(Attempts.One);
        services.AddHttpClient("supabase").ConfigurePrimaryHttpMessageHandler(() => wire);
        return services.BuildServiceProvider();
    }
}
