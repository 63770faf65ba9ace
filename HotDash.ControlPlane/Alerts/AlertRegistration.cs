using HotDash.ControlPlane.DeadLetters;
using HotDash.Integrations;
using HotDash.Integrations.AlertWebhook;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HotDash.ControlPlane.Alerts;

public static class AlertRegistration
{
    /// <summary>Needs <c>AddControlPlane</c>.</summary>
    /// <param name="services">Of a host.</param>
    /// <param name="configuration">It may name a receiver, to whom alerts are sent on.</param>
    /// <param name="attempts">One where calls are made by jobs.</param>
    public static IServiceCollection AddAlerts(this IServiceCollection services, IConfiguration configuration, Attempts attempts)
    {
        services.AddSingleton<IValidateOptions<AlertOptions>, AlertOptions.Check>();
        services.AddOptions<AlertOptions>().BindConfiguration(AlertOptions.Section).ValidateOnStart();

        return services
            .AddAlertWebhook(configuration, attempts)
            .AddSingleton<AlertMessages>()
            .AddSingleton<AlertLetters>()
            .AddSingleton<IReplayPath>(provider => provider.GetRequiredService<AlertLetters>())
            .AddSingleton<IndicatorReads>()
            .AddSingleton<AlertReads>()
            .AddSingleton<AlertDecisions>()
            .AddSingleton<AlertChecks>();
    }
}
