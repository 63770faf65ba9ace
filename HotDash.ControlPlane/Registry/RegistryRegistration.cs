using HotDash.ControlPlane.Breakers;
using HotDash.ControlPlane.Pauses;
using HotDash.Integrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HotDash.ControlPlane.Registry;

public static class RegistryRegistration
{
    /// <summary>Needs <c>AddControlPlane</c> and at least one integration.</summary>
    public static IServiceCollection AddIntegrationRegistry(this IServiceCollection services) => services
        .AddSingleton<HealthStore>()
        .AddSingleton<FleetReads>()
        .AddTransient(provider => new IntegrationRegistry(
            provider.GetServices<IntegrationOptions>(),
            provider.GetRequiredService<HealthChecks>(),
            provider.GetRequiredService<HealthStore>(),
            provider.GetRequiredService<PauseStore>(),
            provider.GetRequiredService<BreakerBoard>(),
            provider.GetRequiredService<FleetReads>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<IntegrationRegistry>>()));
}
