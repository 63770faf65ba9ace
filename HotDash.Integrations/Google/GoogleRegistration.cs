using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace HotDash.Integrations.Google;

internal static class GoogleRegistration
{
    private const int MaxTokenBytes = 64 * 1024;

    /// <summary>An integration whose calls carry the token of a service account.</summary>
    public static IServiceCollection AddGoogleIntegration<TClient, TOptions>(
        this IServiceCollection services, string key, Attempts attempts, Action<ResilienceOptions> configure)
        where TClient : class
        where TOptions : GoogleOptions, new()
    {
        if (services.Any(service => service.ServiceType == typeof(TOptions)))
            return services;

        services.AddIntegration<TClient, TOptions>(key, attempts, resilience =>
        {
            resilience.ReadReply = GoogleReplies.Read;
            configure(resilience);
        });
        services.TryAddSingleton<ITokenStore, NoTokenStore>();
        services.TryAddSingleton<GoogleTokenEndpoint>();
        services.AddKeyedSingleton(key, (provider, _) => ActivatorUtilities.CreateInstance<GoogleTokens>(provider, provider.GetRequiredService<TOptions>()));
        services.AddHttpClient(key).AddHttpMessageHandler(provider => new GoogleTokenHandler(provider.GetRequiredKeyedService<GoogleTokens>(key)));
        services.AddHttpClient(TokenClient(key), http => http.MaxResponseContentBufferSize = MaxTokenBytes)
            .RemoveAllResilienceHandlers()
            .ConfigurePrimaryHttpMessageHandler(provider => EgressGuard.Connections(provider.GetRequiredService<TOptions>().TokenAddress));

        return services;
    }

    /// <summary>The HttpClient that fetches an integration's tokens: its address is another, so its guard is another, too.</summary>
    public static string TokenClient(string key) => $"{key}-token";
}
