using System.Diagnostics.Metrics;

namespace HotDash.ControlPlane.Audit;

/// <summary>
/// What the sequencers saw when they last looked: <c>hotdash.audit.unchained</c> (entries that have no number yet) and
/// <c>hotdash.audit.unchained_age</c> (s, of the oldest). Every replica reports the same: take the maximum.
/// </summary>
internal sealed class AuditMetrics
{
    private volatile UnchainedTail _tail = new(0, null);

    public AuditMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("HotDash.Audit");
        meter.CreateObservableGauge("hotdash.audit.unchained", () => _tail.Entries, "{entry}", "Entries that have no number yet.");
        meter.CreateObservableGauge("hotdash.audit.unchained_age", () => _tail.OldestAge?.TotalSeconds ?? 0, "s", "How old the first of them is.");
    }

    public UnchainedTail Tail { set => _tail = value; }
}
