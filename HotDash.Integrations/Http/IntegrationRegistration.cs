using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace HotDash.Integrations;

/// <summary>What every integration registers: its settings, read and checked when the host starts, and its client with all the layers.</summary>
internal static class IntegrationRegistration
{
    /// <typeparam name="TClient">Its constructor takes a <see cref="ProviderHttp"/> and what else it needs from the container.</typeparam>
    /// <typeparam name="TOptions">Its settings and credentials.</typeparam>
    /// <param name="key">The integration's key; also the name of its HttpClient.</param>
    /// <param name="attempts">One where calls are made by jobs.</param>
    /// <param name="configure">The integration's own values; configuration goes over them.</param>
    public static IServiceCollection AddIntegration<TClient, TOptions>(
        this IServiceCollection services, string key, Attempts attempts = Attempts.Several, Action<ResilienceOptions>? configure = null)
        where TClient : class
        where TOptions : IntegrationOptions, new()
    {
        if (services.Any(service => service.ServiceType == typeof(TOptions)))
            return services;

        services.AddWhatAllShare();
        services.AddSettings<TOptions>(attempts, configure);
        services.AddWire<TOptions>(key);
        services.AddTransient(provider => ActivatorUtilities.CreateInstance<TClient>(provider, provider.Http<TOptions>(key)));
        services.AddKeyedTransient(
            ProbeRegistration.ForHealth, (provider, _) => ActivatorUtilities.CreateInstance<TClient>(provider, provider.Http<TOptions>(key, forHealth: true)));
        return services;
    }

    private static void AddWhatAllShare(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ITokenBudget, UnlimitedBudget>();
        services.TryAddSingleton<IOutcomeSink, NoOutcomes>();
        services.TryAddSingleton<IPauses, NoPauses>();
        services.TryAddSingleton<ISwitches, NoSwitches>();
        services.TryAddSingleton<IBreakers, Breakers>();
        services.TryAddSingleton<CallTelemetry>();
        services.TryAddTransient<HealthChecks>();
    }

    private static void AddSettings<TOptions>(this IServiceCollection services, Attempts attempts, Action<ResilienceOptions>? configure)
        where TOptions : IntegrationOptions, new()
    {
        services.AddOptions<TOptions>()
            .Configure<IConfiguration, IServiceProvider>((options, configuration, provider) =>
            {
                var settings = new IntegrationSettings(configuration);
                options.Attempts = attempts;
                configure?.Invoke(options.Resilience);
                options.Resilience.Bind(options.Key, settings);
                options.Bind(settings);
                (options.Flags, options.Credentials) = (settings.Flags, Needs<TOptions>());
                options.Flag = IntegrationFlags.NameOf(settings.Flags) ?? options.Key.Replace('-', '_');
                options.Switches = new(provider.GetRequiredService<ISwitches>);
            })
            .ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<TOptions>>().Value);
        services.AddSingleton<IntegrationOptions>(provider => provider.GetRequiredService<TOptions>());
    }

    /// <summary>What is missing when nothing is set: a list of its own could differ from it.</summary>
    private static IReadOnlyList<string> Needs<TOptions>()
        where TOptions : IntegrationOptions, new()
    {
        var options = new TOptions();
        options.Bind(new(new ConfigurationManager()));
        return options.MissingCredentials;
    }

    private static void AddWire<TOptions>(this IServiceCollection services, string key)
        where TOptions : IntegrationOptions
    {
        services.AddKeyedSingleton(key, (provider, _) => ActivatorUtilities.CreateInstance<CallPipeline>(
            provider, provider.GetRequiredService<TOptions>(), provider.GetRequiredService<IBreakers>()[key]));

        // The standard handler of ServiceDefaults would multiply attempts.
        services.AddHttpClient(key, (provider, http) => Prepare(http, provider.GetRequiredService<TOptions>()))
            .RemoveAllResilienceHandlers()
            .ConfigurePrimaryHttpMessageHandler(provider => EgressGuard.Connections(provider.GetRequiredService<TOptions>().BaseAddress))
            .AddHttpMessageHandler(provider => ActivatorUtilities.CreateInstance<CallHandler>(
                provider, provider.GetRequiredService<TOptions>(), provider.GetRequiredKeyedService<CallPipeline>(key)));
    }

    private static ProviderHttp Http<TOptions>(this IServiceProvider provider, string key, bool forHealth = false)
        where TOptions : IntegrationOptions => new(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(key),
            provider.GetRequiredService<TOptions>(),
            provider.GetRequiredService<IBreakers>()[key],
            provider.GetRequiredService<IPauses>(),
            provider.GetRequiredService<IOutcomeSink>(),
            provider.GetRequiredService<CallTelemetry>(),
            provider.GetRequiredService<TimeProvider>(),
            forHealth);

    private static void Prepare(HttpClient http, IntegrationOptions options)
    {
        http.BaseAddress = options.BaseAddress;
        http.Timeout = Timeout.InfiniteTimeSpan; // the layers bound every call, its body included
        options.Authorize(http);
    }
}
