using HotDash.ControlPlane.Alerts;
using HotDash.Pollers.Jobs.Maintenance;

namespace HotDash.Pollers.Jobs.Alerts;

/// <summary>Resolved alerts are kept for a quarter of a year: whoever looks back compares months. The audit keeps what became of them.</summary>
internal sealed class PruneAlerts(AlertUpkeep upkeep) : Prune(TimeSpan.FromDays(90))
{
    protected override Task<int> DeleteAsync(TimeSpan retention, int most, CancellationToken ct) => upkeep.PruneAsync(retention, most, ct);
}
