using Npgsql;
using NpgsqlTypes;

namespace HotDash.ControlPlane.Budgets;

/// <summary>Where all processes' exchanges meet.</summary>
internal interface IBudgetStore
{
    Task<Grant> ExchangeAsync(string integration, Ask ask, CancellationToken ct);
}

/// <summary>
/// Reads the pool, decides, and stores the decision if the pool is still as it was read; else once more. So no lock is ever held
/// across the network: a process that is frozen between the two steps holds up nobody.
/// </summary>
internal sealed class BudgetStore(NpgsqlDataSource store) : IBudgetStore
{
    private const string Columns =
        "tokens, span, held_by, free_at, share_ids, share_processes, share_expiries, share_wants, share_needs, share_tokens, share_spans";

    public async Task<Grant> ExchangeAsync(string integration, Ask ask, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        while (true)
        {
            var (pool, version, now) = await ReadAsync(connection, integration, ct)
                ?? await BeginAsync(connection, integration, ask.Terms, ct);
            var grant = pool.Exchange(ask, now);

            // Who gave up on this exchange may have begun the next one. What was read before that cannot be stored after it, but what is read later could.
            ct.ThrowIfCancellationRequested();
            if (await SwapAsync(connection, integration, pool, version, ct))
                return grant;
        }
    }

    /// <summary>Every budget that was ever used.</summary>
    public async Task<IReadOnlyList<(string Integration, BudgetPool Pool, DateTimeOffset Now)>> ReadAllAsync(CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand($"select {Columns}, hotdash_now(), integration from budgets order by integration", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);

        List<(string, BudgetPool, DateTimeOffset)> all = [];
        while (await reader.ReadAsync(ct))
            all.Add((reader.GetString(12), Pool(reader), reader.GetFieldValue<DateTimeOffset>(11)));

        return all;
    }

    private static async Task<(BudgetPool Pool, long Version, DateTimeOffset Now)?> ReadAsync(NpgsqlConnection connection, string integration, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select {Columns}, hotdash_now(), version from budgets where integration = $1", connection);
        command.Parameters.Add(new() { Value = integration });
        await using var reader = await command.ExecuteReaderAsync(ct);

        return await reader.ReadAsync(ct)
            ? (Pool(reader), reader.GetInt64(12), reader.GetFieldValue<DateTimeOffset>(11))
            : null;
    }

    /// <summary>Of the first call ever. The first exchange may find that another process was faster.</summary>
    private static async Task<(BudgetPool Pool, long Version, DateTimeOffset Now)> BeginAsync(
        NpgsqlConnection connection, string integration, BudgetTerms terms, CancellationToken ct)
    {
        await using var clock = new NpgsqlCommand("select hotdash_now()", connection);
        var now = new DateTimeOffset((DateTime)(await clock.ExecuteScalarAsync(ct))!);

        return (BudgetPool.New(terms, now), 0, now);
    }

    private static async Task<bool> SwapAsync(NpgsqlConnection connection, string integration, BudgetPool pool, long version, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            version == 0
                ? $"insert into budgets (integration, version, {Columns}) values ($1, $2 + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict do nothing"
                : $"update budgets set version = $2 + 1, ({Columns}) = ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) where integration = $1 and version = $2",
            connection);
        command.Parameters.Add(new() { Value = integration });
        command.Parameters.Add(new() { Value = version, NpgsqlDbType = NpgsqlDbType.Bigint });
        AddPool(command.Parameters, pool);

        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    private static void AddPool(NpgsqlParameterCollection parameters, BudgetPool pool)
    {
        parameters.Add(new() { Value = pool.Terms.Tokens });
        parameters.Add(new() { Value = pool.Terms.Window });
        parameters.Add(new() { Value = pool.Slots.Select(slot => slot.Holder).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        parameters.Add(new() { Value = pool.Slots.Select(slot => slot.FreeAt.UtcDateTime).ToArray() });
        parameters.Add(new() { Value = pool.Shares.Select(share => share.Id).ToArray() });
        parameters.Add(new() { Value = pool.Shares.Select(share => share.Process).ToArray() });
        parameters.Add(new() { Value = pool.Shares.Select(share => share.ExpiresAt.UtcDateTime).ToArray() });
        parameters.Add(new() { Value = pool.Shares.Select(share => share.Wants).ToArray() });
        parameters.Add(new() { Value = pool.Shares.Select(share => share.Needs).ToArray() });
        parameters.Add(new() { Value = pool.Shares.Select(share => share.Terms.Tokens).ToArray() });
        parameters.Add(new() { Value = pool.Shares.Select(share => share.Terms.Window).ToArray() });
    }

    private static BudgetPool Pool(NpgsqlDataReader row)
    {
        var heldBy = row.GetFieldValue<Guid?[]>(2);
        var freeAt = row.GetFieldValue<DateTimeOffset[]>(3);
        var ids = row.GetFieldValue<Guid[]>(4);
        var processes = row.GetFieldValue<string[]>(5);
        var expiries = row.GetFieldValue<DateTimeOffset[]>(6);
        var wants = row.GetFieldValue<int[]>(7);
        var needs = row.GetFieldValue<int[]>(8);
        var tokens = row.GetFieldValue<int[]>(9);
        var spans = row.GetFieldValue<TimeSpan[]>(10);

        return new(
            new(row.GetInt32(0), row.GetTimeSpan(1)),
            [.. heldBy.Select((holder, i) => new BudgetSlot(holder, freeAt[i]))],
            [.. ids.Select((id, i) => new BudgetShare(id, processes[i], expiries[i], wants[i], needs[i], new(tokens[i], spans[i])))]);
    }
}
