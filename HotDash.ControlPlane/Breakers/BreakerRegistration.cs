using Microsoft.Extensions.DependencyInjection;

namespace HotDash.ControlPlane.Breakers;

internal static class BreakerRegistration
{
    public static IServiceCollection AddBreakerBoard(this IServiceCollection services)
    {
        services.AddSingleton<BreakerBoard>();
        services.AddSingleton<BreakerReads>();

        return services.AddHostedService(provider => provider.GetRequiredService<BreakerBoard>());
    }
}
