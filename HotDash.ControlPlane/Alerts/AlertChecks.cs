using HotDash.ControlPlane.Audit;
using HotDash.ControlPlane.Store;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HotDash.ControlPlane.Alerts;

/// <summary>Measures all indicators, and opens and resolves alerts by what it finds.</summary>
public sealed class AlertChecks(IndicatorReads indicators, AlertMessages messages, IOptions<AlertOptions> options)
{
    /// <param name="inTransaction">Runs work in a transaction that commits only if the job is still the caller's.</param>
    public async Task RunAsync(Func<Func<NpgsqlTransaction, Task>, CancellationToken, Task> inTransaction, CancellationToken ct)
    {
        var readings = await indicators.MeasureAsync(from: null, to: null, ct);

        await inTransaction(transaction => ApplyAsync(transaction, readings, ct), ct);
        messages.Wake();
    }

    private async Task ApplyAsync(NpgsqlTransaction transaction, IReadOnlyList<IndicatorReading> readings, CancellationToken ct)
    {
        var now = await transaction.QueryFirstAsync<DateTime>("select hotdash_now()", new { }, ct);
        var living = (await transaction.QueryAsync<AlertRow>($"{AlertRow.Select} where resolved_at is null order by id for update", new { }, ct))
            .ToDictionary(alert => (alert.Indicator, alert.Subject));
        var measured = readings.SelectMany(reading => (reading.Measurements ?? []).Select(value => (Reading: reading, Value: value)))
            .ToDictionary(one => (one.Reading.Indicator.Name, one.Value.Subject));

        foreach (var key in living.Keys.Union(measured.Keys).Order())
        {
            var found = measured.GetValueOrDefault(key);
            if (AlertRule.Check(living.GetValueOrDefault(key), found.Reading?.Indicator, found.Reading?.Rule, found.Value, options.Value, now) is { } step)
                await WriteAsync(transaction, step, ct);
        }

        await messages.CatchUpAsync(transaction, ct);
    }

    private async Task WriteAsync(NpgsqlTransaction transaction, AlertStep step, CancellationToken ct)
    {
        await transaction.ExecuteAsync(step.Opened ? Open : Update, step.Alert, ct);
        if (step.Opened)
            await TellAsync(transaction, step.Alert, "open", AlertText.Summary(step.Alert), AlertMessages.Opened, ct);
        if (step.Resolved)
            await TellAsync(transaction, step.Alert, "resolve", step.Alert.ResolvedReason, AlertMessages.Resolved, ct);
    }

    private async Task TellAsync(NpgsqlTransaction transaction, AlertRow alert, string action, string? reason, string type, CancellationToken ct)
    {
        await transaction.AuditAsync(new(AuditKinds.Alert, alert.Id.ToString(), action, AuditChange.HotDash, After: Now(alert), Reason: reason), ct);
        await messages.TellAsync(transaction, alert.Id, type, ct);
    }

    private static object Now(AlertRow alert) => new { alert.Indicator, alert.Subject, alert.Value, alert.Sample, alert.Threshold };

    /// <summary>A silence holds for what it was asked for, also if that is resolved and opens again.</summary>
    private const string Open =
        """
        insert into alerts (id, indicator, subject, value, sample, threshold, worst, opened_at, checked_at, silenced_until, silenced_by, silenced_why)
        select @Id, @Indicator, @Subject, @Value, @Sample, @Threshold, @Worst, @OpenedAt, @CheckedAt, silence.until, silence.by, silence.why
        from (select) alert left join (
            select silenced_until as until, silenced_by as by, silenced_why as why from alerts
            where indicator = @Indicator and subject = @Subject and silenced_until > hotdash_now()
            order by opened_at desc, id desc limit 1) silence on true
        """;

    private const string Update =
        """
        update alerts set value = @Value, sample = @Sample, threshold = @Threshold, worst = @Worst, checked_at = @CheckedAt,
               well_since = @WellSince, quiet_since = @QuietSince, resolved_at = @ResolvedAt, resolved_why = @ResolvedReason
        where id = @Id
        """;
}
