using HotDash.ControlPlane.Reads;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using Npgsql;

namespace HotDash.ControlPlane.DeadLetters;

/// <summary>Shows what is in the dead letter queue.</summary>
public sealed class DeadLetterReads(NpgsqlDataSource store, RequestVault vault)
{
    private const int MaxGroups = 500;

    /// <summary>Newest first.</summary>
    public async Task<Page<DeadLetterView>> ListAsync(DeadLetterFilter filter, DeadLetterPosition? after, int limit, CancellationToken ct)
    {
        var sql = new FilterSql(filter);
        var parameters = sql.Parameters();
        parameters.Add("Take", limit + 1);
        parameters.Add("AfterAt", after?.KeptAt.UtcDateTime);
        parameters.Add("AfterId", after?.Id);

        var letters = await ReadAsync(Ids(sql, after is not null), parameters, ct);
        return Page.Of(letters, limit, letter => new DeadLetterPosition(letter.KeptAt, letter.Id));
    }

    /// <returns>Null when there is no such letter.</returns>
    public async Task<OpenedLetter?> FindAsync(Guid id, CancellationToken ct)
    {
        if (await ReadAsync("select @id::uuid as id", new { id }, ct) is not [var letter])
            return null;

        var box = await store.QueryFirstAsync<byte[]>("select request from dead_letters where id = @id", new { id }, ct);
        return box is null ? null : new(letter, vault.Open(id, box));
    }

    /// <summary>Counts by cause, those with the most open letters first; state and time of the filter do not matter.</summary>
    public async Task<IReadOnlyList<CauseGroup>> GroupsAsync(DeadLetterFilter filter, CancellationToken ct)
    {
        var sql = new FilterSql(filter);
        var parameters = sql.Parameters();
        parameters.Add("MaxGroups", MaxGroups);

        return await store.QueryAsync<CauseGroup>(
            $"""
            with counted as (
                select cause_id, state, sum(letters)::bigint as letters
                from (select * from dead_letter_counts union all select * from dead_letter_changes) known
                where cause_id in ({sql.Causes})
                group by cause_id, state)
            select integration as Integration, operation as Operation, failure as Failure, summary as Summary,
                   {In("pending")}, {In("unknown")}, {In("replaying")}, {In("replayed")}, {In("discarded")}
            from counted join dead_letter_causes on id = cause_id
            group by id
            having sum(letters) > 0
            order by coalesce(sum(letters) filter (where state in ('pending', 'unknown', 'replaying')), 0) desc, id
            limit @MaxGroups
            """,
            parameters, ct);
    }

    private static string In(string state) => $"coalesce(sum(letters) filter (where state = '{state}'), 0)::bigint as {state}";

    /// <summary>The ids of a page. Of each cause no more than a page is read, in the order of an index.</summary>
    private static string Ids(FilterSql sql, bool hasPosition)
    {
        var conditions = $"{sql.Letters}{(hasPosition ? " and (kept_at, id) < (@AfterAt, @AfterId)" : "")}";
        const string newest = "order by kept_at desc, id desc limit @Take";

        return sql.HasCauses
            ? $"""
               select page.id
               from ({sql.Causes}) cause
               cross join lateral (select id, kept_at from dead_letters where cause_id = cause.id{conditions} {newest}) page
               {newest}
               """
            : $"select id from dead_letters where true{conditions} {newest}";
    }

    private async Task<List<DeadLetterView>> ReadAsync(string ids, object parameters, CancellationToken ct)
    {
        var rows = await store.QueryAsync<Row>(
            $"""
            with page as materialized ({ids})
            select l.id, c.integration, c.operation, l.state, c.failure, c.summary, l.attempts, l.kept_at as KeptAt, l.first_at as FirstAt,
                   l.last_at as LastAt, l.trace_id as TraceId, l.idempotency_key as IdempotencyKey, l.origin, l.subject, l.replay_id as ReplayId,
                   l.settled_at as SettledAt, l.settled_by as SettledBy, l.settled_why as SettledReason
            from page join dead_letters l using (id) join dead_letter_causes c on c.id = l.cause_id
            order by l.kept_at desc, l.id desc
            """,
            parameters, ct);

        return [.. rows.Select(row => row.ToView())];
    }

    private sealed record Row(
        Guid Id, string Integration, string Operation, string State, string Failure, string Summary, int Attempts, DateTime KeptAt, DateTime FirstAt,
        DateTime LastAt, string? TraceId, string? IdempotencyKey, string? Origin, string? Subject, Guid? ReplayId, DateTime? SettledAt,
        string? SettledBy, string? SettledReason)
    {
        public DeadLetterView ToView() => new(
            Id, Integration, Operation, SnakeCase.Parse<LetterState>(State), Failure, Summary, Attempts, new(KeptAt), new(FirstAt), new(LastAt), TraceId,
            IdempotencyKey, Origin, Subject, ReplayId, SettledAt.ToOffset(), SettledBy, SettledReason);
    }
}
