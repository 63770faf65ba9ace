using HotDash.Integrations.AlertWebhook;
using HotDash.Integrations.Chatwoot;
using HotDash.Integrations.GoogleAnalytics;
using HotDash.Integrations.GoogleCalendar;
using HotDash.Integrations.Plausible;
using HotDash.Integrations.Publer;
using HotDash.Integrations.SearchConsole;
using HotDash.Integrations.Shopify;
using HotDash.Integrations.Supabase;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Integrations;

/// <summary>Every integration there is.</summary>
public static class IntegrationList
{
    /// <param name="services">Of a host, which has them all or none: they are checked, shown and switched together.</param>
    /// <param name="configuration">It may name a receiver of alerts, which is an integration as well.</param>
    /// <param name="attempts">One where calls are made by jobs.</param>
    public static IServiceCollection AddIntegrations(this IServiceCollection services, IConfiguration configuration, Attempts attempts) => services
        .AddSupabase(attempts)
        .AddPubler(attempts)
        .AddChatwoot(attempts)
        .AddShopify(attempts)
        .AddGoogleAnalytics(attempts)
        .AddSearchConsole(attempts)
        .AddPlausible(attempts)
        .AddGoogleCalendar(attempts)
        .AddAlertWebhook(configuration, attempts);
}
