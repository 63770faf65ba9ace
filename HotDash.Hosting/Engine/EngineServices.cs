using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Engine;

internal static class EngineServices
{
    public static IServiceCollection AddEngine(this IServiceCollection services) => services;
}
