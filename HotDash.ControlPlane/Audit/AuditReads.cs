using HotDash.ControlPlane.Reads;
using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.Audit;

/// <summary>Shows what was changed, by whom, and why.</summary>
public sealed class AuditReads(NpgsqlDataSource store)
{
    /// <summary>Newest first, those that are not chained yet too.</summary>
    public async Task<Page<AuditEntry>> ListAsync(AuditFilter filter, AuditPosition? after, int limit, CancellationToken ct)
    {
        var entries = await store.QueryAsync<AuditEntry>(
            $"""
            select {AuditEntry.Columns} from audit_entries
            where (@After::bigint is null or id < @After)
              and (@Kind::text is null or kind = @Kind)
              and (@ObjectId::text is null or object_id = @ObjectId)
              and (@Actor::text is null or actor = @Actor or left(actor, -37) = @Actor or right(actor, 36) = @Actor)
              and (@From::timestamptz is null or at >= @From)
              and (@To::timestamptz is null or at < @To)
            order by id desc limit @take
            """,
            new { After = after?.Id, filter.Kind, filter.ObjectId, filter.Actor, filter.From, filter.To, take = limit + 1 }, ct);

        return Page.Of(entries, limit, entry => new AuditPosition(entry.Id));
    }

    /// <returns>Null when there is no such entry.</returns>
    public Task<AuditEntry?> FindAsync(long id, CancellationToken ct) =>
        store.QueryFirstAsync<AuditEntry>($"select {AuditEntry.Columns} from audit_entries where id = @id", new { id }, ct);

    /// <summary>What was chained after an entry, in the order of the chain.</summary>
    public Task<IReadOnlyList<AuditEntry>> AfterAsync(long seq, int limit, CancellationToken ct) => store.QueryAsync<AuditEntry>(
        $"select {AuditEntry.Columns} from audit_entries where seq > @seq order by seq limit @limit", new { seq, limit }, ct);

    /// <summary>The number of the newest entry of the chain; 0 when there is none.</summary>
    public Task<long> NewestAsync(CancellationToken ct) => store.QueryFirstAsync<long>("select seq from audit_chain", null, ct);
}
