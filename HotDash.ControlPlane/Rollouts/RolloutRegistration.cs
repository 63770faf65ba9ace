using HotDash.ControlPlane.Flags;
using HotDash.ControlPlane.Registry;
using HotDash.Integrations;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HotDash.ControlPlane.Rollouts;

public static class RolloutRegistration
{
    /// <summary>Needs flags and the registry of integrations.</summary>
    public static IServiceCollection AddRollouts(this IServiceCollection services) => services
        .AddSingleton<RolloutReads>()
        .AddSingleton<RolloutCalls>()
        .AddSingleton<ContractResults>()
        .AddSingleton(provider => new RolloutIntegrations(provider.GetServices<IntegrationOptions>()))
        .AddSingleton(provider => new RolloutStore(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<FlagWatch>(), provider.GetRequiredService<FlagVariables>(),
            provider.GetRequiredService<RolloutIntegrations>()))
        .AddTransient(provider => new RolloutChecks(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<RolloutReads>(), provider.GetRequiredService<RolloutCalls>(),
            provider.GetRequiredService<RolloutStore>(), provider.GetRequiredService<IntegrationRegistry>()))
        .AddTransient(provider => new RolloutValidation(
            provider.GetRequiredService<FlagReads>(), provider.GetRequiredService<FlagBoard>(), provider.GetRequiredService<FlagVariables>(),
            provider.GetRequiredService<IntegrationRegistry>(), provider.GetRequiredService<ContractResults>()));
}
