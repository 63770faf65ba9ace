using HotDash.ControlPlane.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HotDash.ControlPlane.Audit;

/// <summary>
/// Looks twice a second for what was committed, so that the unchained tail is never older than a second. It polls rather than listens:
/// a notification in each change's transaction would make their commits wait for each other.
/// </summary>
internal sealed class AuditSequencer(
    AuditChain chain, CheckpointKeeper checkpoints, AuditMetrics metrics, TimeProvider clock, ILogger<AuditSequencer> logger) : BackgroundService
{
    internal static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var outage = new Outage("Chaining the audit", clock, logger);
        while (!stoppingToken.IsCancellationRequested)
        {
            if (await outage.TryAsync(() => StepAsync(stoppingToken), stoppingToken))
                await Task.Delay(Every, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task StepAsync(CancellationToken ct)
    {
        metrics.Tail = await chain.CatchUpAsync(ct);
        await checkpoints.KeepAsync(ct);
    }
}
