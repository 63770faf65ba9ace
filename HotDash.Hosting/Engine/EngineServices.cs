using Aspire.Hosting.Engine.Dcp;
using Aspire.Hosting.Engine.Health;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Engine;

internal static class EngineServices
{
    public static IServiceCollection AddEngine(this IServiceCollection services) => services
        .AddSingleton<DcpHost>()
        .AddSingleton<DcpWatch>()
        .AddSingleton<EndpointAllocator>()
        .AddSingleton<ProcessEnvironment>()
        .AddSingleton<LaunchPlanner>()
        .AddSingleton<DependencyWaiter>()
        .AddSingleton<HealthMonitor>()
        .AddSingleton<PostgresDatabases>()
        .AddSingleton<Orchestrator>()
        .AddHostedService<EngineService>();
}
