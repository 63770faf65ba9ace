using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Rollouts;

namespace HotDash.Pollers.Jobs.Rollouts;

/// <summary>Judges the rollouts whose time has come. What it finds and what follows is one transaction, for as long as the job is its own.</summary>
internal sealed class JudgeRollouts(RolloutChecks checks) : IRecurringJob
{
    public async Task<JobOutcome> RunAsync(JobContext context, CancellationToken ct)
    {
        await checks.RunDueAsync((work, token) => context.InFencedTransactionAsync((_, transaction) => work(transaction), token), ct);
        return JobOutcome.Done;
    }
}
