using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Integrations;

internal static class ProbeRegistration
{
    /// <summary>Under this key the container has each client a second time, for health checks alone.</summary>
    public const string ForHealth = "health";

    /// <summary>Probes are asked in the order in which they are added: what the others need comes first.</summary>
    /// <param name="integration">Its key; <c>AddIntegration</c> comes before.</param>
    /// <param name="passes">Such as <c>API authentication successful</c>.</param>
    /// <param name="fails">Such as <c>API authentication failed</c>.</param>
    /// <param name="ask">A cheap call that changes nothing.</param>
    public static IServiceCollection AddProbe<TClient>(
        this IServiceCollection services, string integration, string passes, string fails, Func<TClient, CancellationToken, Task> ask)
        where TClient : class =>
        services.Any(service => service is { IsKeyedService: false, ImplementationInstance: HealthProbe known } && (known.Integration, known.Passes) == (integration, passes))
            ? services
            : services.AddSingleton(new HealthProbe(
                integration, passes, fails, (provider, ct) => ask(provider.GetRequiredKeyedService<TClient>(ForHealth), ct)));
}
