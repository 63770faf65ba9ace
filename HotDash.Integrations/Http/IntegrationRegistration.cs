using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace HotDash.Integrations;

/// <summary>What every integration registers: its settings, read and checked when the host starts, and its client.</summary>
internal static class IntegrationRegistration
{
    public static IServiceCollection AddIntegration<TClient, TOptions>(this IServiceCollection services, string key, Attempts attempts)
        where TClient : class
        where TOptions : IntegrationOptions, new()
    {
        if (services.Any(service => service.ServiceType == typeof(TOptions)))
            return services;

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ITokenBudget, UnlimitedBudget>();
        services.AddSettings<TOptions>();
        services.AddWire<TClient, TOptions>(key, attempts);
        return services;
    }

    private static void AddSettings<TOptions>(this IServiceCollection services)
        where TOptions : IntegrationOptions, new()
    {
        services.AddOptions<TOptions>()
            .Configure<IConfiguration>((options, configuration) => options.Bind(new IntegrationSettings(configuration)))
            .ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<TOptions>>().Value);
        services.AddSingleton<IntegrationOptions>(provider => provider.GetRequiredService<TOptions>());
    }

    private static void AddWire<TClient, TOptions>(this IServiceCollection services, string key, Attempts attempts)
        where TClient : class
        where TOptions : IntegrationOptions
    {
        services.AddHttpClient<TClient>(key, (provider, http) =>
            {
                var options = provider.GetRequiredService<TOptions>();
                http.BaseAddress = options.BaseAddress;
                http.MaxResponseContentBufferSize = WireHandler.MaxReplyBytes;
                options.Authorize(http);
            })
            // A redirect would carry the key and the write to an address that nobody configured.
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            })
            .AddResilience<TOptions>(attempts)
            .AddHttpMessageHandler(provider => new WireHandler(key, provider.GetRequiredService<ITokenBudget>()));
    }

    private static IHttpClientBuilder AddResilience<TOptions>(this IHttpClientBuilder http, Attempts attempts) => http;
}
