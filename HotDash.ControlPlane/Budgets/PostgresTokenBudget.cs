using Dapper;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using Npgsql;

namespace HotDash.ControlPlane.Budgets;

/// <summary>
/// The fleet's budget per provider: at most so many calls in any window, by the database's clock. One row per integration holds
/// the times of the last tokens; whoever locks it decides. A bucket that refills would allow twice the limit around a burst.
/// </summary>
internal sealed class PostgresTokenBudget(NpgsqlDataSource store, IEnumerable<IntegrationOptions> integrations) : ITokenBudget
{
    private readonly Dictionary<string, RateLimit?> _limits =
        integrations.ToDictionary(options => options.Key, options => options.Limit, StringComparer.Ordinal);

    public async ValueTask<TimeSpan?> TryTakeAsync(string integration, int cost, CancellationToken ct)
    {
        if (_limits.GetValueOrDefault(integration) is not { } limit)
            return null;

        try
        {
            await using var connection = await store.OpenConnectionAsync(ct);
            var wait = await TakeAsync(connection, integration, limit, ct);
            return wait > TimeSpan.Zero ? wait : null;
        }
        catch (Exception e) when (StoreUnavailableException.IsCause(e))
        {
            throw new IntegrationException(
                integration, IntegrationCodes.Unavailable, "the store that holds the rate limit is away; nothing was sent", retryable: true, inner: e);
        }
    }

    private static async Task<TimeSpan> TakeAsync(NpgsqlConnection connection, string integration, RateLimit limit, CancellationToken ct)
    {
        var take = new CommandDefinition(
            TakeSql, new { integration, limit = limit.Requests, window = limit.Window + Margin(limit.Window) }, cancellationToken: ct);
        var begin = new CommandDefinition(
            "insert into token_budgets (integration) values (@integration) on conflict do nothing", new { integration }, cancellationToken: ct);

        while (true)
        {
            if (await connection.ExecuteScalarAsync<TimeSpan?>(take) is { } wait)
                return wait;

            await connection.ExecuteAsync(begin); // the first call ever: there was no row to lock
        }
    }

    /// <summary>Two calls may travel at different speeds and arrive closer together than they left.</summary>
    private static TimeSpan Margin(TimeSpan window) =>
        TimeSpan.FromMilliseconds(Math.Clamp(window.TotalMilliseconds * 0.05, 100, 2000));

    // The time is read after the lock was granted (`clock` depends on `budget`), and never steps back within a row.
    private const string TakeSql =
        """
        with budget as materialized (
            select taken from token_budgets where integration = @integration for update),
        clock as materialized (
            select taken, greatest(hotdash_now(), taken[cardinality(taken)]) as now,
                   taken[cardinality(taken) - @limit + 1] + @window as free_at
            from budget),
        took as (
            update token_budgets b set taken = (clock.taken || clock.now)[greatest(1, cardinality(clock.taken) + 2 - @limit):]
            from clock where b.integration = @integration and (clock.free_at is null or clock.free_at <= clock.now)
            returning 1)
        select case when exists (select from took) then interval '0' else free_at - now end from clock
        """;
}
