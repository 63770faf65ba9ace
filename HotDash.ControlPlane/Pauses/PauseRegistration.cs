using HotDash.Integrations;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.ControlPlane.Pauses;

internal static class PauseRegistration
{
    public static IServiceCollection AddPauses(this IServiceCollection services)
    {
        services.AddSingleton<PauseStore>();
        services.AddSingleton<PauseBoard>();

        return services.AddSingleton<IPauses>(provider => provider.GetRequiredService<PauseBoard>());
    }
}
