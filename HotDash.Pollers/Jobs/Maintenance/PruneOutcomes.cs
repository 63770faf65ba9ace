using HotDash.ControlPlane.Outcomes;

namespace HotDash.Pollers.Jobs.Maintenance;

/// <summary>Counted outcomes are kept for three days: rollouts and error rates look back hours.</summary>
internal sealed class PruneOutcomes(OutcomeStore outcomes) : Prune(TimeSpan.FromDays(3))
{
    protected override Task<int> DeleteAsync(TimeSpan retention, int most, CancellationToken ct) => outcomes.PruneAsync(retention, most, ct);
}
