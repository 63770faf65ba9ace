using HotDash.ServiceDefaults.Health;
using HotDash.ServiceDefaults.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.Hosting;

/// <summary>What every HotDash process has in common: telemetry, health, service discovery, resilience, a short drain.</summary>
public static class ServiceDefaultsExtensions
{
    // With the last telemetry (half of this again) a process is gone within 3 s.
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(2);

    /// <summary>Call it first: what is registered before it is not observed while the host starts.</summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.AddTelemetry();
        // The spans tell of requests. Lines for each would drown the rest, and show queries, which may hold what customers wrote.
        builder.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None); // see HealthChanges
        builder.Services.AddDefaultHealth();
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler();
            http.AddServiceDiscovery();
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Drain);

        return builder;
    }

    /// <summary>
    /// Maps <c>/alive</c> (the process answers) and <c>/health</c> (what it depends on answers too). Both reply 200 or 503
    /// with one word of plain text; <c>/health</c> adds what is wrong. They need no key, so the proxy must not route them.
    /// </summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapDefaultHealth();

        return app;
    }
}
