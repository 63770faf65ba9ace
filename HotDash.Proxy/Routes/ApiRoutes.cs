using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace HotDash.Proxy.Routes;

/// <summary>What is forwarded, and to whom.</summary>
internal static class ApiRoutes
{
    private const string Api = "api";
    private static readonly string[] Prefixes = ["api", "webhooks", "ofrep"];

    public static void AddRoutes(this IServiceCollection services)
    {
        services.AddRequestTimeouts();
        services.AddSingleton<IProxyConfigProvider>(s => Configure(s.GetRequiredService<IOptions<ProxyOptions>>().Value));
        services.AddReverseProxy()
            .ConfigureHttpClient((_, handler) =>
            {
                handler.ConnectTimeout = TimeSpan.FromSeconds(5);
                // A connection sticks to one replica behind a TCP balancer; renewing spreads the load again after a replica came back.
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(1);
            })
            .AddTransforms<ApiTransforms>();
        services.AddSingleton<IDestinationResolver, ServiceDestinations>();
        ApiAnswers.Add(services);
    }

    private static InMemoryConfigProvider Configure(ProxyOptions options) => new(
        [.. Prefixes.Select(prefix => Route(prefix, options))],
        [Cluster(options)]);

    private static RouteConfig Route(string prefix, ProxyOptions options) => new()
    {
        RouteId = prefix,
        ClusterId = Api,
        Match = new RouteMatch { Path = $"/{prefix}/{{**rest}}" },
        Timeout = options.TotalTimeout,
    };

    private static ClusterConfig Cluster(ProxyOptions options) => new()
    {
        ClusterId = Api,
        LoadBalancingPolicy = options.LoadBalancing,
        HealthCheck = options.Destinations.Count > 1 ? ApiHealth.Checks(options) : null,
        HttpRequest = new() { ActivityTimeout = options.ActivityTimeout },
        Destinations = options.Destinations.Index().ToDictionary(
            d => $"{Api}-{d.Index}",
            d => new DestinationConfig { Address = d.Item },
            StringComparer.Ordinal),
    };
}
