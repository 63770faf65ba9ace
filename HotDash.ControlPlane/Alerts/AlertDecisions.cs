using HotDash.ControlPlane.Audit;
using HotDash.ControlPlane.Store;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HotDash.ControlPlane.Alerts;

/// <summary>What became of a decision.</summary>
public enum AlertDecision
{
    Made,

    /// <summary>There is no such alert.</summary>
    Missing,

    /// <summary>It is resolved: there is nothing to decide any more.</summary>
    Resolved,
}

/// <summary>What people do with alerts.</summary>
public sealed class AlertDecisions(NpgsqlDataSource store, AlertMessages messages, IOptions<AlertOptions> options)
{
    public TimeSpan MaxSilence => options.Value.MaxSilence;

    /// <summary>Says that somebody looks at it. The first to say so stands there.</summary>
    public Task<AlertDecision> AcknowledgeAsync(Guid id, string actor, string? reason, CancellationToken ct) => DecideAsync(
        id,
        "update alerts set acknowledged_at = hotdash_now(), acknowledged_by = @actor, acknowledged_why = @reason where id = @id and acknowledged_at is null",
        new { id, actor, reason },
        new(AuditKinds.Alert, id.ToString(), "acknowledge", actor, Reason: reason), AlertMessages.Acknowledged, ct);

    /// <summary>Tells nobody of it until then, also if it is resolved and opens again.</summary>
    public Task<AlertDecision> SilenceAsync(Guid id, DateTimeOffset until, string actor, string reason, CancellationToken ct) => DecideAsync(
        id,
        "update alerts set silenced_until = @until, silenced_by = @actor, silenced_why = @reason where id = @id",
        new { id, until = until.UtcDateTime, actor, reason },
        new(AuditKinds.Alert, id.ToString(), "silence", actor, After: new { until }, Reason: reason), tells: null, ct);

    private async Task<AlertDecision> DecideAsync(Guid id, string sql, object parameters, AuditChange change, string? tells, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await transaction.QueryFirstAsync<bool?>("select resolved_at is not null from alerts where id = @id for update", new { id }, ct) is not { } resolved)
            return AlertDecision.Missing;
        if (resolved)
            return AlertDecision.Resolved;

        if (await transaction.ExecuteAsync(sql, parameters, ct) > 0)
        {
            await transaction.AuditAsync(change, ct);
            if (tells is not null)
                await messages.TellAsync(transaction, id, tells, ct);
        }

        await transaction.CommitAsync(CancellationToken.None); // a commit that is cancelled half-way leaves its outcome unknown
        messages.Wake();
        return AlertDecision.Made;
    }
}
