using HotDash.ControlPlane.Jobs;

namespace HotDash.Pollers.Jobs.Maintenance;

/// <summary>Dead jobs are kept for two weeks for a person to look at. Finished ones leave the table at once.</summary>
internal sealed class PruneDeadJobs(JobStore jobs) : IRecurringJob
{
    private const int Batch = 1000;
    private static readonly TimeSpan Retention = TimeSpan.FromDays(14);

    public async Task<JobOutcome> RunAsync(JobContext context, CancellationToken ct)
    {
        while (await jobs.PruneAsync(Retention, Batch, ct) == Batch)
        {
        }

        return JobOutcome.Done;
    }
}
