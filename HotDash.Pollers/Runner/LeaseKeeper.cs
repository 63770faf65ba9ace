using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Store;
using Microsoft.Extensions.Options;

namespace HotDash.Pollers.Runner;

/// <summary>The heartbeat of all running jobs, in one statement. A job whose lease is lost is cancelled.</summary>
internal sealed class LeaseKeeper(JobStore store, RunningJobs running, IOptions<JobRunnerOptions> options, TimeProvider clock, ILogger<LeaseKeeper> logger)
{
    private readonly JobRunnerOptions _options = options.Value;

    public async Task RunAsync(CancellationToken ct)
    {
        var outage = new Outage("Renewing leases", clock, logger);
        while (!ct.IsCancellationRequested)
        {
            await Task.Delay(_options.Renew, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await outage.TryAsync(() => RenewAsync(ct), ct);
        }
    }

    private async Task RenewAsync(CancellationToken ct)
    {
        // Most jobs are over before their lease needs a renewal.
        var old = running.All.Where(job => job.Claimed.Lease.Remaining <= _options.Lease - _options.Renew / 2).ToList();
        if (old.Count == 0)
            return;

        var lost = await store.RenewAsync([.. old.Select(job => job.Claimed.Lease)], _options.Lease, ct);
        foreach (var job in old.Where(job => lost.Contains(job.Claimed.Lease.Fence)))
        {
            job.Claimed.Lease.Lose();
            job.Cancel("its lease was lost");
        }
    }
}
