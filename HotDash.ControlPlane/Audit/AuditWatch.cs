using HotDash.ControlPlane.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HotDash.ControlPlane.Audit;

/// <summary>Tells any number of readers in this process that the chain has grown: one connection listens for all, and a look each second heals what it missed.</summary>
public sealed class AuditWatch(NpgsqlDataSource store, AuditReads reads, TimeProvider clock, ILogger<AuditWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly Signal _signal = new(clock);
    private TaskCompletionSource _grown = New();
    private long _newest;

    /// <summary>The number of the newest entry, as far as this process has heard.</summary>
    public long Newest => Volatile.Read(ref _newest);

    /// <returns>False when it has not grown beyond <paramref name="seen"/> for so long.</returns>
    public async Task<bool> WaitAsync(long seen, TimeSpan atMost, CancellationToken ct)
    {
        var grown = Volatile.Read(ref _grown).Task;
        if (Newest <= seen)
            await grown.WaitAsync(atMost, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        ct.ThrowIfCancellationRequested();
        return Newest > seen;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var listening = ListenAsync(stoppingToken);
        var outage = new Outage("Following the audit", clock, logger);
        while (!stoppingToken.IsCancellationRequested)
        {
            if (await outage.TryAsync(() => LookAsync(stoppingToken), stoppingToken))
                await _signal.WaitAsync(Every, stoppingToken);
        }

        await listening;
    }

    private async Task LookAsync(CancellationToken ct)
    {
        if (await reads.NewestAsync(ct) is var newest && newest == Newest)
            return;

        Volatile.Write(ref _newest, newest);
        Interlocked.Exchange(ref _grown, New()).SetResult();
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        var outage = new Outage("Listening for the audit", clock, logger);
        while (!ct.IsCancellationRequested)
            await outage.TryAsync(() => store.ListenAsync(AuditChain.Channel, _signal.Set, ct), ct);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
