using HotDash.Sandbox.AlertWebhook;
using HotDash.Sandbox.Chatwoot;
using HotDash.Sandbox.Control;
using HotDash.Sandbox.Faults;
using HotDash.Sandbox.Google;
using HotDash.Sandbox.GoogleAnalytics;
using HotDash.Sandbox.GoogleCalendar;
using HotDash.Sandbox.Ledger;
using HotDash.Sandbox.Plausible;
using HotDash.Sandbox.Publer;
using HotDash.Sandbox.SearchConsole;
using HotDash.Sandbox.Shopify;
using HotDash.Sandbox.Supabase;
using HotDash.Sandbox.Webhooks;

namespace HotDash.Sandbox;

/// <summary>Stands in for the providers over real HTTP. A new provider is one folder and one line here.</summary>
internal static class SandboxHost
{
    public static void AddSandbox(this WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<Ids>();
        builder.Services.AddSingleton<EffectLedger>();
        builder.Services.AddSingleton<ViolationBook>();
        builder.Services.AddSingleton<FaultBook>();
        builder.Services.AddSingleton<FaultMiddleware>();
        builder.Services.AddSingleton<ViolationMiddleware>();

        builder.Services.AddSingleton<WebhookSender>();

        builder.AddProvider<ChatwootProvider>();
        builder.Services.AddSingleton<ShopVisits>();
        builder.Services.AddSingleton<GoogleAccount>();

        builder.AddProvider<PublerProvider>();
        builder.AddProvider<ShopifyProvider>();
        builder.AddProvider<SupabaseProvider>();
        builder.AddProvider<GoogleTokenProvider>();
        builder.AddProvider<GoogleAnalyticsProvider>();
        builder.AddProvider<SearchConsoleProvider>();
        builder.AddProvider<GoogleCalendarProvider>();
        builder.AddProvider<PlausibleProvider>();
        builder.AddProvider<AlertWebhookProvider>();
    }

    public static void UseSandbox(this WebApplication app)
    {
        // Built now, so that a missing setting stops the start and not the first call.
        var providers = app.Services.GetServices<IProvider>().ToList();

        app.UseMiddleware<FaultMiddleware>();
        app.UseMiddleware<ViolationMiddleware>();
        app.UseRouting();
        app.MapDefaultEndpoints();
        app.MapControl();
        foreach (var provider in providers)
            provider.Map(app.MapGroup($"/{provider.Key}"));
    }

    private static void AddProvider<T>(this WebApplicationBuilder builder)
        where T : class, IProvider => builder.Services.AddSingleton<IProvider, T>();
}
