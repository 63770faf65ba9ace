namespace HotDash.ControlPlane.Alerts;

/// <summary>What a check makes of an alert that is not resolved, or of none.</summary>
/// <param name="Alert">As it is after the check.</param>
/// <param name="Opened">It is new.</param>
internal sealed record AlertStep(AlertRow Alert, bool Opened = false)
{
    public bool Resolved => Alert.ResolvedAt is not null;
}

/// <summary>
/// When an alert opens and when it is resolved. It opens at once; it is resolved when the value was well, which is better than not bad, for a
/// while without a break. Too little data opens nothing and, for a long while, resolves nothing.
/// </summary>
internal static class AlertRule
{
    /// <summary>What nobody looked at for longer was not seen to be well, or quiet.</summary>
    private static readonly TimeSpan Break = TimeSpan.FromMinutes(5);

    /// <param name="alert">Null when none is open.</param>
    /// <param name="measured">Null when there was no data, or the indicator was switched off.</param>
    /// <returns>Null when there is nothing to write.</returns>
    public static AlertStep? Check(AlertRow? alert, Indicator? indicator, IndicatorRule? rule, Measurement? measured, AlertOptions options, DateTime now)
    {
        var isKnown = rule is not null && measured?.Sample >= rule.MinSample;
        if (alert is null)
            return isKnown && indicator!.IsBeyond(measured!.Value, rule!.Alert) ? new(Open(indicator, rule, measured, now), Opened: true) : null;

        var seen = alert with { CheckedAt = now, WellSince = Unbroken(alert.WellSince, alert, now), QuietSince = Unbroken(alert.QuietSince, alert, now) };
        return new(isKnown ? Measured(seen, indicator!, rule!, measured!, options, now) : Quiet(seen, options, now));
    }

    private static AlertRow Open(Indicator indicator, IndicatorRule rule, Measurement measured, DateTime now) => new()
    {
        Id = Guid.CreateVersion7(),
        Indicator = indicator.Name,
        Subject = measured.Subject,
        Value = measured.Value,
        Sample = measured.Sample,
        Threshold = rule.Alert,
        Worst = measured.Value,
        OpenedAt = now,
        CheckedAt = now,
    };

    private static AlertRow Measured(AlertRow alert, Indicator indicator, IndicatorRule rule, Measurement measured, AlertOptions options, DateTime now)
    {
        var worst = indicator.IsBeyond(measured.Value, alert.Worst) ? measured.Value : alert.Worst;
        var next = alert with { Value = measured.Value, Sample = measured.Sample, Threshold = rule.Alert, Worst = worst, QuietSince = null };
        if (indicator.IsBeyond(measured.Value, rule.Clear))
            return next with { WellSince = null };

        var since = alert.WellSince ?? now;
        return now - since < options.ClearAfter
            ? next with { WellSince = since }
            : next with { WellSince = since, ResolvedAt = now, ResolvedReason = $"it was well for {(now - since).TotalMinutes:0} minutes" };
    }

    private static AlertRow Quiet(AlertRow alert, AlertOptions options, DateTime now)
    {
        var since = alert.QuietSince ?? now;
        return now - since < options.NoDataAfter
            ? alert with { WellSince = null, QuietSince = since }
            : alert with { WellSince = null, QuietSince = since, ResolvedAt = now, ResolvedReason = $"there was not enough data for {(now - since).TotalMinutes:0} minutes" };
    }

    private static DateTime? Unbroken(DateTime? since, AlertRow alert, DateTime now) => now - alert.CheckedAt <= Break ? since : null;
}
