using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.Pollers.Runner;

/// <summary>Hears the queue's notifications. While it cannot, polling does its work.</summary>
internal sealed class WakeListener(NpgsqlDataSource store, TimeProvider clock, ILogger<WakeListener> logger)
{
    public async Task RunAsync(Signal signal, CancellationToken ct)
    {
        var outage = new Outage("Listening for new jobs", clock, logger);
        while (!ct.IsCancellationRequested)
            await outage.TryAsync(() => store.ListenAsync(JobQueue.Channel, signal.Set, ct), ct);
    }
}
