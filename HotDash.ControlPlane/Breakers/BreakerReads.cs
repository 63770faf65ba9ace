using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using Npgsql;

namespace HotDash.ControlPlane.Breakers;

/// <summary>An integration's breakers in all processes.</summary>
/// <param name="State">Open when any of them is; else half-open when any of them is.</param>
public sealed record FleetBreaker(string Integration, BreakerState State, IReadOnlyList<ProcessBreaker> Processes);

/// <param name="Process">Machine and process number.</param>
/// <param name="RefusesFor">How long calls are refused yet; null when the next one goes out.</param>
public sealed record ProcessBreaker(string Process, BreakerState State, TimeSpan? RefusesFor);

/// <summary>The fleet's breakers, up to a few seconds old. A process that has not shown its own for a while is left out.</summary>
public sealed class BreakerReads(NpgsqlDataSource store)
{
    public async Task<IReadOnlyList<FleetBreaker>> ListAsync(CancellationToken ct = default)
    {
        var rows = await store.QueryAsync<Row>(
            """
            select integration, process, state,
                   case when until > hotdash_now() then until - hotdash_now() end as refusesFor
            from breaker_boards, unnest(integrations, states, refuses_until) as breakers (integration, state, until)
            where expires_at > hotdash_now()
            order by integration, process
            """,
            null, ct);

        return [.. rows.GroupBy(row => row.Integration, StringComparer.Ordinal).Select(group => View(group.Key, group))];
    }

    private static FleetBreaker View(string integration, IEnumerable<Row> rows)
    {
        List<ProcessBreaker> processes = [.. rows.Select(row => new ProcessBreaker(row.Process, BreakerStates.Read(row.State), row.RefusesFor))];
        var worst = processes.Exists(process => process.State is BreakerState.Open) ? BreakerState.Open : processes.Max(process => process.State);

        return new(integration, worst, processes);
    }

    private sealed record Row(string Integration, string Process, string State, TimeSpan? RefusesFor);
}
