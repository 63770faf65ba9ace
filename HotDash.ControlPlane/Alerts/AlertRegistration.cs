using HotDash.ControlPlane.DeadLetters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HotDash.ControlPlane.Alerts;

public static class AlertRegistration
{
    /// <summary>Needs <c>AddControlPlane</c> and <c>AddIntegrations</c>.</summary>
    public static IServiceCollection AddAlerts(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<AlertOptions>, AlertOptions.Check>();
        services.AddOptions<AlertOptions>().BindConfiguration(AlertOptions.Section).ValidateOnStart();

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
