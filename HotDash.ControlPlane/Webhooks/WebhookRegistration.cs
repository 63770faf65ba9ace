using HotDash.ControlPlane.Commerce;
using HotDash.ControlPlane.Support;
using HotDash.ControlPlane.Webhooks.Subscriptions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HotDash.ControlPlane.Webhooks;

public static class WebhookRegistration
{
    /// <summary>Needs <c>AddControlPlane</c>.</summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptions.Check>();
        services.AddOptions<WebhookOptions>().Configure<IConfiguration>((options, configuration) => options.Read(configuration)).ValidateOnStart();
        services.AddSingleton<WebhookVault>();
        services.AddSingleton<WebhookStore>();
        services.AddSingleton<LaneCalls>();
        services.AddSingleton<LearnedSecrets>();
        services.AddSingleton<WebhookReads>();
        services.AddSingleton<WebhookSilence>();
        services.AddSingleton<WebhookInventory>();
        services.AddSingleton(provider => new WebhookReplays(provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<LaneCalls>()));

        return services.AddSingleton(provider => new WebhookIntake(
            provider.GetRequiredService<IOptions<WebhookOptions>>(),
            provider.GetRequiredService<WebhookVault>(),
            provider.GetRequiredService<WebhookStore>(),
            provider.GetRequiredService<LaneCalls>(),
            provider.GetRequiredService<LearnedSecrets>(),
            provider.GetRequiredService<TimeProvider>()));
    }

    /// <summary>For the host whose jobs handle them. Every feature that makes something of events is a line here.</summary>
    public static IServiceCollection AddWebhookHandling(this IServiceCollection services)
    {
        services.AddWebhooks();
        services.AddSingleton<LaneEvents>();
        services.AddSingleton<WebhookUpkeep>();
        services.AddSingleton<WebhookBackfill>();
        services.AddSingleton<SubscriptionBook>();
        services.AddTransient<ISubscriptions, ChatwootSubscriptions>();
        services.AddTransient<ISubscriptions, ShopifySubscriptions>();
        services.AddTransient<SubscriptionWatch>();

        return services
            .AddWebhookHandler<CommerceWebhooks>()
            .AddWebhookHandler<SupportWebhooks>();
    }

    public static IServiceCollection AddWebhookHandler<T>(this IServiceCollection services) where T : class, IWebhookHandler =>
        services.AddScoped<IWebhookHandler, T>();
}
