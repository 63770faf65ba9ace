using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.Pollers.Runner;

/// <summary>Hears the queue's notifications. While it cannot, polling does its work.</summary>
internal sealed class WakeListener(NpgsqlDataSource store, TimeProvider clock, ILogger<WakeListener> logger)
{
    private static readonly TimeSpan Check = TimeSpan.FromSeconds(30);

    public async Task RunAsync(Signal signal, CancellationToken ct)
    {
        var outage = new Outage("Listening for new jobs", clock, logger);
        while (!ct.IsCancellationRequested)
            await outage.TryAsync(() => ListenAsync(signal, ct), ct);
    }

    /// <summary>Ends with its connection, at the latest after <see cref="Check"/>: a dead one cannot be told from a quiet one.</summary>
    private async Task ListenAsync(Signal signal, CancellationToken ct)
    {
        try
        {
            await using var connection = await store.OpenConnectionAsync(ct);
            connection.Notification += (_, _) => signal.Set();
            await using (var listen = new NpgsqlCommand($"listen {JobQueue.Channel}", connection))
                await listen.ExecuteNonQueryAsync(ct);

            signal.Set(); // something may have been enqueued while nobody listened
            while (await connection.WaitAsync(Check, ct))
            {
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The host stops.
        }
    }
}
