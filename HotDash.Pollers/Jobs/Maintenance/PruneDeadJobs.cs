using HotDash.ControlPlane.Jobs;

namespace HotDash.Pollers.Jobs.Maintenance;

/// <summary>Dead jobs are kept for two weeks for a person to look at. Finished ones leave the table at once.</summary>
internal sealed class PruneDeadJobs(JobStore jobs) : Prune(TimeSpan.FromDays(14))
{
    protected override Task<int> DeleteAsync(TimeSpan retention, int most, CancellationToken ct) => jobs.PruneAsync(retention, most, ct);
}
