using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Outcomes;

namespace HotDash.Pollers.Jobs.Maintenance;

/// <summary>Counted outcomes are kept for three days: rollouts and error rates look back hours.</summary>
internal sealed class PruneOutcomes(OutcomeStore outcomes) : IRecurringJob
{
    private const int Batch = 5000;
    private static readonly TimeSpan Retention = TimeSpan.FromDays(3);

    public async Task<JobOutcome> RunAsync(JobContext context, CancellationToken ct)
    {
        while (await outcomes.PruneAsync(Retention, Batch, ct) == Batch)
        {
        }

        return JobOutcome.Done;
    }
}
