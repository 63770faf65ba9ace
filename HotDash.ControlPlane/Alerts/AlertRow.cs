using HotDash.ControlPlane.Store;

namespace HotDash.ControlPlane.Alerts;

/// <summary>An alert as its table has it.</summary>
internal sealed record AlertRow
{
    public const string Select =
        """
        select id as Id, indicator as Indicator, subject as Subject, value as Value, sample as Sample, threshold as Threshold, worst as Worst,
               opened_at as OpenedAt, checked_at as CheckedAt, well_since as WellSince, quiet_since as QuietSince,
               acknowledged_at as AcknowledgedAt, acknowledged_by as AcknowledgedBy, acknowledged_why as AcknowledgedReason,
               silenced_until as SilencedUntil, silenced_by as SilencedBy, silenced_why as SilencedReason, resolved_at as ResolvedAt, resolved_why as ResolvedReason
        from alerts
        """;

    public Guid Id { get; init; }

    public string Indicator { get; init; } = "";

    public string Subject { get; init; } = "";

    public double Value { get; init; }

    public long Sample { get; init; }

    public double Threshold { get; init; }

    public double Worst { get; init; }

    public DateTime OpenedAt { get; init; }

    public DateTime CheckedAt { get; init; }

    public DateTime? WellSince { get; init; }

    public DateTime? QuietSince { get; init; }

    public DateTime? AcknowledgedAt { get; init; }

    public string? AcknowledgedBy { get; init; }

    public string? AcknowledgedReason { get; init; }

    public DateTime? SilencedUntil { get; init; }

    public string? SilencedBy { get; init; }

    public string? SilencedReason { get; init; }

    public DateTime? ResolvedAt { get; init; }

    public string? ResolvedReason { get; init; }

    public Alert ToAlert() => new(
        Id, Indicator, Subject, State, AlertText.Summary(this), Value, Sample, Threshold, Worst, new(OpenedAt), new(CheckedAt), WellSince.ToOffset(),
        AcknowledgedAt.ToOffset(), AcknowledgedBy, AcknowledgedReason, SilencedUntil.ToOffset(), SilencedBy, SilencedReason, ResolvedAt.ToOffset(), ResolvedReason,
        IndicatorList.Find(Indicator)?.LinksOf(Subject) ?? []);

    private AlertState State => this switch
    {
        { ResolvedAt: not null } => AlertState.Resolved,
        { AcknowledgedAt: not null } => AlertState.Acknowledged,
        _ => AlertState.Open,
    };
}
