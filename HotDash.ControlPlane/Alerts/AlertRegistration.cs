using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HotDash.ControlPlane.Alerts;

public static class AlertRegistration
{
    /// <summary>Needs <c>AddControlPlane</c>, <c>AddIntegrations</c> and <c>AddWebhooks</c>.</summary>
    public static IServiceCollection AddAlerts(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<AlertOptions>, AlertOptions.Check>();
        services.AddOptions<AlertOptions>().BindConfiguration(AlertOptions.Section)
            .Configure<IOptions<WebhookOptions>>((alerts, webhooks) => alerts.Silence = webhooks.Value.Silence).ValidateOnStart();

        return services
            .AddSingleton<AlertMessages>()
            .AddSingleton<AlertLetters>()
            .AddSingleton<IReplayPath>(provider => provider.GetRequiredService<AlertLetters>())
            .AddSingleton<IndicatorReads>()
            .AddSingleton<AlertReads>()
            .AddSingleton<AlertDecisions>()
            .AddSingleton<AlertChecks>()
            .AddSingleton<AlertUpkeep>();
    }
}
