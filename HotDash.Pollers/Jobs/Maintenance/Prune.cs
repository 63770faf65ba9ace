using HotDash.ControlPlane.Jobs;

namespace HotDash.Pollers.Jobs.Maintenance;

/// <summary>Deletes what is older than its time, in pieces, so that no transaction is long.</summary>
internal abstract class Prune(TimeSpan retention) : IRecurringJob
{
    private const int Batch = 1000;

    public async Task<JobOutcome> RunAsync(JobContext context, CancellationToken ct)
    {
        while (await DeleteAsync(retention, Batch, ct) == Batch)
        {
        }

        return JobOutcome.Done;
    }

    /// <returns>How many were deleted.</returns>
    protected abstract Task<int> DeleteAsync(TimeSpan retention, int most, CancellationToken ct);
}
