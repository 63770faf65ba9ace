using HotDash.ControlPlane.Audit;
using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.DeadLetters;

/// <summary>What a person decides about letters, with the reason.</summary>
public sealed class LetterDecisions(NpgsqlDataSource store)
{
    /// <summary>They shall not be sent. Those that a replay has on its way, or that are settled, stay as they are.</summary>
    /// <returns>How many were discarded.</returns>
    public async Task<int> DiscardAsync(DeadLetterSelection selection, string by, string reason, CancellationToken ct)
    {
        var (where, parameters) = SelectionSql.Of(selection);
        parameters.Add("By", by);
        parameters.Add("Reason", reason);
        parameters.Add("TraceId", AuditSql.TraceId);

        return await store.ExecuteAsync(
            $$"""
            with chosen as (select id, state from dead_letters where {{where}} for update),
            discarded as (
                update dead_letters l set state = 'discarded', settled_at = hotdash_now(), settled_by = @By, settled_why = @Reason, unknown_at = null
                from chosen where l.id = chosen.id returning l.id, chosen.state)
            insert into audit_entries (kind, object_id, action, actor, why, before, after, trace_id)
            select 'dead-letter', id, 'discard', @By, @Reason, jsonb_build_object('state', state), '{"state": "discarded"}', @TraceId from discarded
            """,
            parameters, ct);
    }

    /// <summary>Somebody looked where HotDash cannot: the write of unknown outcome had its effect, or had none and may be sent again.</summary>
    /// <returns>False when there is no such letter whose outcome is unknown.</returns>
    public Task<bool> SettleAsync(Guid id, bool happened, string by, string reason, CancellationToken ct) => store.ExecuteAuditedAsync(
        """
        update dead_letters set
            state = case when @happened then 'replayed' else 'pending' end, unknown_at = null,
            settled_at = case when @happened then hotdash_now() end, settled_by = @by, settled_why = @reason
        where id = @id and state = 'unknown'
        """,
        new { id, happened, by, reason },
        new(AuditKinds.DeadLetter, id.ToString(), "settle", by, new { state = LetterState.Unknown }, new { state = happened ? LetterState.Replayed : LetterState.Pending }, reason),
        ct);
}
