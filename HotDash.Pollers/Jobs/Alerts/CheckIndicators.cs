using HotDash.ControlPlane.Alerts;
using HotDash.ControlPlane.Jobs;

namespace HotDash.Pollers.Jobs.Alerts;

/// <summary>Opens and resolves alerts by what the indicators say. All that it finds is one transaction, for as long as the job is its own.</summary>
internal sealed class CheckIndicators(AlertChecks checks) : IRecurringJob
{
    public async Task<JobOutcome> RunAsync(JobContext context, CancellationToken ct)
    {
        await checks.RunAsync((work, token) => context.InFencedTransactionAsync((_, transaction) => work(transaction), token), ct);
        return JobOutcome.Done;
    }
}
