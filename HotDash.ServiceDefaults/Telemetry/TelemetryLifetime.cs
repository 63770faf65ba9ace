using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace HotDash.ServiceDefaults.Telemetry;

/// <summary>Starts the providers before any other hosted service and flushes them, within a bound, after the last one.</summary>
internal sealed class TelemetryLifetime(IServiceProvider services, IOptions<HostOptions> host) : IHostedLifecycleService
{
    // Left alone, each of the three waits up to 5 s for a collector that is gone.
    private readonly int _limit = (int)Math.Min(host.Value.ShutdownTimeout.TotalMilliseconds / 2, int.MaxValue);

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        services.GetRequiredService<MeterProvider>();
        services.GetRequiredService<TracerProvider>();
        services.GetRequiredService<LoggerProvider>();

        return Task.CompletedTask;
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => services.GetRequiredService<TracerProvider>().Shutdown(_limit), CancellationToken.None),
        Task.Run(() => services.GetRequiredService<MeterProvider>().Shutdown(_limit), CancellationToken.None),
        Task.Run(() => services.GetRequiredService<LoggerProvider>().Shutdown(_limit), CancellationToken.None));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
