using HotDash.Integrations;

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
            ["SHOPIFY_BASE_URL"] = $"{sandbox.Http.BaseAddress}shopify",
            ["SHOPIFY_ACCESS_TOKEN"] = SandboxUnderTest.ShopifyToken,
            ["PLAUSIBLE_BASE_URL"] = $"{sandbox.Http.BaseAddress}plausible",
            ["PLAUSIBLE_API_KEY"] = SandboxUnderTest.PlausibleKey,
            ["PLAUSIBLE_SITE_ID"] = "shop.example",
            ["GOOGLE_APPLICATION_CREDENTIALS"] = sandbox.KeyFile,
            ["GOOGLE_TOKEN_URL"] = $"{sandbox.Http.BaseAddress}google/token",
            ["GOOGLE_ANALYTICS_BASE_URL"] = $"{sandbox.Http.BaseAddress}google-analytics",
            ["GA4_PROPERTY_ID"] = "123456789",
            ["SEARCH_CONSOLE_BASE_URL"] = $"{sandbox.Http.BaseAddress}search-console",
            ["GSC_SITE_URL"] = "https://shop.example/",
            ["GOOGLE_CALENDAR_BASE_URL"] = $"{sandbox.Http.BaseAddress}google-calendar",
            ["GOOGLE_CALENDAR_ID"] = "shop@group.calendar.example",
            ["ALERT_WEBHOOK_URL"] = $"{sandbox.Http.BaseAddress}alert-webhook",
            ["ALERT_WEBHOOK_SECRET"] = SandboxUnderTest.AlertWebhookSecret,
        })
        .AddInMemoryCollection(Patience)
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)))
        .Build();
}
