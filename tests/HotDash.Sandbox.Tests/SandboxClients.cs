using HotDash.Integrations;
using HotDash.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Sandbox.Tests;

internal static class SandboxClients
{
    /// <summary>HotDash's own clients, as hosts register them, with the sandbox as their providers.</summary>
    /// <param name="wires">Stand between an integration's client and the sandbox.</param>
    public static ServiceProvider Clients(
        this SandboxUnderTest sandbox, Attempts attempts = Attempts.One, (string Key, HttpMessageHandler Handler)[]? wires = null, params (string Name, string Value)[] settings)
    {
        var configuration = Configuration(sandbox, settings);
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<TimeProvider>(new SandboxTime(sandbox.Clock))
            .AddIntegrations(configuration, attempts);
        foreach (var (key, handler) in wires ?? [])
            services.AddHttpClient(key).ConfigurePrimaryHttpMessageHandler(() => handler);

        return services.BuildServiceProvider();
    }

    /// <summary>So that a slow machine is not taken for a slow provider.</summary>
    private static IEnumerable<KeyValuePair<string, string?>> Patience =>
        from key in (string[])["supabase", "publer", "chatwoot", "shopify", "plausible", "google-analytics", "search-console", "google-calendar", "alert-webhook"]
        select KeyValuePair.Create($"Integrations:{key}:Timeouts:Attempt", (string?)"30s");

    private static IConfigurationRoot Configuration(SandboxUnderTest sandbox, (string Name, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection([KeyValuePair.Create("Integrations:Mode", (string?)"sandbox")])
        .AddInMemoryCollection(SandboxSettings.AsProviders(sandbox.Http.BaseAddress!, SandboxUnderTest.Key, sandbox.KeyFile ?? "")
            .Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)))
        .AddInMemoryCollection(Patience)
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)))
        .Build();
}
