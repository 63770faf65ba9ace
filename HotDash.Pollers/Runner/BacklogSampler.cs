using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Store;

namespace HotDash.Pollers.Runner;

/// <summary>Measures the queue for the metrics.</summary>
internal sealed class BacklogSampler(JobStore store, JobMetrics metrics, TimeProvider clock, ILogger<BacklogSampler> logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    public async Task RunAsync(CancellationToken ct)
    {
        var outage = new Outage("Measuring the queue", clock, logger);
        while (!ct.IsCancellationRequested)
        {
            await outage.TryAsync(async () => metrics.Backlog = await store.MeasureAsync(CancellationToken.None), ct);
            await Task.Delay(Every, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
