using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
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
        var client = services.AddHttpClient<TClient>(key, (provider, http) => Prepare(http, provider.GetRequiredService<TOptions>()))
            .ConfigurePrimaryHttpMessageHandler(NewConnections);

        var layers = client.AddStandardResilienceHandler();
        services.AddOptions<HttpStandardResilienceOptions>(layers.PipelineName)
            .Configure<TOptions>((standard, options) => standard.Suit(options, attempts));

        client.AddHttpMessageHandler(provider => new WireHandler(key, provider.GetRequiredService<ITokenBudget>()));
    }

    private static void Prepare(HttpClient http, IntegrationOptions options)
    {
        http.BaseAddress = options.BaseAddress;
        http.MaxResponseContentBufferSize = WireHandler.MaxReplyBytes;
        options.Authorize(http);
    }

    // A redirect would carry the key and the write to an address that nobody configured.
    private static SocketsHttpHandler NewConnections() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    };
}
