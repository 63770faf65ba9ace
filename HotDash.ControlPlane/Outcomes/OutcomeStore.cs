using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace HotDash.ControlPlane.Outcomes;

/// <summary>Adds counts to the store, each batch once, and forgets old ones.</summary>
internal sealed class OutcomeStore(NpgsqlDataSource store)
{
    // Arrays of arrays would have to be rectangular for unnest, and come out flat: so each row's counts travel as text.
    private const string Add =
        """
        with fresh as (
            insert into outcome_batches values (@process, @batch, hotdash_now())
            on conflict (process) do update set batch = excluded.batch, added_at = excluded.added_at
            where outcome_batches.batch < excluded.batch
            returning 1)
        insert into outcomes (at, integration, operation, source, flag, variant, kinds, latencies)
        select at, integration, operation, source, flag, variant, kinds::bigint[], latencies::bigint[]
        from unnest(@at, @integration, @operation, @source, @flag, @variant, @kinds, @latencies)
             rows (at, integration, operation, source, flag, variant, kinds, latencies)
        where exists (select from fresh)
        on conflict (at, integration, operation, source, flag, variant) do update
        set kinds = hotdash_add(outcomes.kinds, excluded.kinds), latencies = hotdash_add(outcomes.latencies, excluded.latencies)
        """;

    /// <param name="process">Whose batches are numbered.</param>
    public async Task AddAsync(Guid process, OutcomeBatch batch, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(Add, connection);
        var rows = batch.Rows;
        command.Parameters.AddWithValue("process", process);
        command.Parameters.AddWithValue("batch", batch.Number);
        command.Parameters.AddWithValue("at", rows.Select(row => new DateTime(row.Key.At, DateTimeKind.Utc)).ToArray());
        Texts(command, "integration", rows.Select(row => row.Key.Integration));
        Texts(command, "operation", rows.Select(row => row.Key.Operation));
        Texts(command, "source", rows.Select(row => row.Key.Source));
        Texts(command, "flag", rows.Select(row => row.Key.Flag));
        Texts(command, "variant", rows.Select(row => row.Key.Variant));
        Texts(command, "kinds", rows.Select(row => Array(row.Tally.Kinds)));
        Texts(command, "latencies", rows.Select(row => Array(row.Tally.Latencies)));

        await command.ExecuteNonQueryAsync(ct);
    }

    /// <returns>How many rows went, at most as many as asked for.</returns>
    public async Task<int> PruneAsync(TimeSpan retention, int atMost, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        await connection.ExecuteAsync(new CommandDefinition(
            "delete from outcome_batches where added_at < hotdash_now() - @retention", new { retention }, cancellationToken: ct));

        return await connection.ExecuteAsync(new CommandDefinition(
            "delete from outcomes where ctid in (select ctid from outcomes where at < hotdash_now() - @retention order by at limit @atMost)",
            new { retention, atMost }, cancellationToken: ct));
    }

    private static void Texts(NpgsqlCommand command, string name, IEnumerable<string?> values) =>
        command.Parameters.Add(new(name, NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = values.ToArray() });

    private static string Array(IEnumerable<long> counts) => $"{{{string.Join(',', counts)}}}";
}
