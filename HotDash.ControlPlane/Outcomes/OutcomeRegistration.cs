using HotDash.Integrations;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.ControlPlane.Outcomes;

internal static class OutcomeRegistration
{
    public static IServiceCollection AddOutcomes(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton<OutcomeBuckets>();
        services.AddSingleton<IOutcomeSink>(provider => provider.GetRequiredService<OutcomeBuckets>());
        services.AddSingleton<OutcomeStore>();
        services.AddSingleton<OutcomeReads>();

        return services.AddHostedService<OutcomeFlusher>();
    }
}
