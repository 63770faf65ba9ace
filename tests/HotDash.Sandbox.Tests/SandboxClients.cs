using HotDash.Integrations;
using HotDash.Integrations.Chatwoot;
using HotDash.Integrations.Publer;
using HotDash.Integrations.Supabase;

using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Sandbox.Tests;

internal static class SandboxClients
{
    /// <summary>HotDash's own clients, as hosts register them, with the sandbox as their providers.</summary>
    /// <param name="wire">Stands between one integration's client and the sandbox; null for nothing.</param>
    public static ServiceProvider Clients(
        this SandboxUnderTest sandbox, Attempts attempts = Attempts.One, (string Key, HttpMessageHandler Handler)? wire = null, params (string Name, string Value)[] settings)
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(Configuration(sandbox, settings))
            .AddSingleton<TimeProvider>(new SandboxTime(sandbox.Clock))
            .AddChatwoot(attempts)
            .AddPubler(attempts)
            .AddSupabase(attempts);
        if (wire is var (key, handler))
            services.AddHttpClient(key).ConfigurePrimaryHttpMessageHandler(() => handler);

        return services.BuildServiceProvider();
    }

    private static IConfigurationRoot Configuration(SandboxUnderTest sandbox, (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Integrations:Mode"] = "sandbox",
            ["CHATWOOT_BASE_URL"] = $"{sandbox.Http.BaseAddress}chatwoot",
            ["CHATWOOT_API_KEY"] = SandboxUnderTest.ChatwootKey,
            ["CHATWOOT_ACCOUNT_ID"] = "1",
            ["PUBLER_BASE_URL"] = $"{sandbox.Http.BaseAddress}publer",
            ["PUBLER_API_KEY"] = SandboxUnderTest.PublerKey,
            ["PUBLER_WORKSPACE_ID"] = "ws-sandbox",
            ["SUPABASE_URL"] = $"{sandbox.Http.BaseAddress}supabase",
            ["SUPABASE_SERVICE_KEY"] = SandboxUnderTest.SupabaseKey,
        })
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)))
        .Build();

    /// <summary>The sandbox's time of day with real timers, so that an attempt's time-out needs no test to move the clock.</summary>
    private sealed class SandboxTime(TimeProvider clock) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();
    }
}
