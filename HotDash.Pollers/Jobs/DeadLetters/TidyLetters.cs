using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Jobs;
using Microsoft.Extensions.Options;

namespace HotDash.Pollers.Jobs.DeadLetters;

/// <summary>Folds the counters, lets go of what was left behind, and deletes what was settled long ago.</summary>
internal sealed class TidyLetters(DeadLetterUpkeep upkeep, IOptions<DeadLetterOptions> options) : IRecurringJob
{
    public async Task<JobOutcome> RunAsync(JobContext context, CancellationToken ct)
    {
        await upkeep.FoldAsync(ct);
        await upkeep.ReleaseAsync(options.Value.AbandonedAfter, ct);
        await upkeep.PruneAsync(options.Value.Kept, ct);
        return JobOutcome.Done;
    }
}
