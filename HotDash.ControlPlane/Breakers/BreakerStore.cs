using HotDash.ControlPlane.Audit;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using Npgsql;
using NpgsqlTypes;

namespace HotDash.ControlPlane.Breakers;

/// <summary>What processes say of their breakers, and the resets that they must hear of.</summary>
internal sealed class BreakerStore(NpgsqlDataSource store)
{
    public const string Channel = "hotdash_breakers";

    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(15);

    /// <returns>How often each integration was reset.</returns>
    public async Task<IReadOnlyDictionary<string, long>> PublishAsync(string process, IReadOnlyCollection<Breaker> breakers, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand(
            """
            with board as (
                insert into breaker_boards
                select $1, $2, $3, (select array_agg(hotdash_now() + wait order by i) from unnest($4) with ordinality waits (wait, i)), hotdash_now() + $5
                on conflict (process) do update set integrations = excluded.integrations, states = excluded.states,
                    refuses_until = excluded.refuses_until, expires_at = excluded.expires_at)
            select integration, number from breaker_resets
            """,
            connection);
        command.Parameters.Add(new() { Value = process });
        command.Parameters.Add(new() { Value = breakers.Select(breaker => breaker.Integration).ToArray() });
        command.Parameters.Add(new() { Value = breakers.Select(breaker => BreakerStates.Write(breaker.State)).ToArray() });
        command.Parameters.Add(new() { Value = breakers.Select(breaker => breaker.RefusesFor).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Interval });
        command.Parameters.Add(new() { Value = Believed });
        await using var reader = await command.ExecuteReaderAsync(ct);

        var resets = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
            resets[reader.GetString(0)] = reader.GetInt64(1);

        return resets;
    }

    public async Task WithdrawAsync(string process, CancellationToken ct)
    {
        await store.ExecuteAsync(
            "delete from breaker_boards where process = @process or expires_at < hotdash_now() - interval '1 day'", new { process }, ct);
    }

    public async Task ResetAsync(string integration, string by, CancellationToken ct)
    {
        await store.ExecuteAuditedAsync(
            """
            insert into breaker_resets values (@integration, 1)
            on conflict (integration) do update set number = breaker_resets.number + 1
            """,
            new { integration }, new(AuditKinds.Integration, integration, "reset-breakers", by), ct);
        await store.ExecuteAsync($"notify {Channel}", null, ct);
    }

    /// <summary>Tells of resets until the connection ends, or for half a minute of silence.</summary>
    public Task ListenAsync(Action heard, CancellationToken ct) => store.ListenAsync(Channel, heard, ct);
}
