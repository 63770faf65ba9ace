using System.Text.Json;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using Npgsql;

namespace HotDash.ControlPlane.Registry;

/// <summary>The last health of an integration.</summary>
/// <param name="Since">Every check since then said the same: ok, or not.</param>
/// <param name="Age">Time since the check began.</param>
public sealed record LastHealth(IntegrationHealth Health, DateTimeOffset CheckedAt, DateTimeOffset Since, TimeSpan Age);

/// <summary>What the last checks found, for all processes. An older check never replaces a newer one.</summary>
internal sealed class HealthStore(NpgsqlDataSource store)
{
    public async Task<IReadOnlyDictionary<string, LastHealth>> ReadAsync(CancellationToken ct)
    {
        var rows = await store.QueryAsync<Row>(
            "select integration as Integration, began_at as BeganAt, since as Since, hotdash_now() - began_at as Age, probes as Probes from integration_health", null, ct);

        return rows.ToDictionary(row => row.Integration, row => row.ToHealth(), StringComparer.Ordinal);
    }

    /// <param name="took">How long the check has lasted.</param>
    public Task SaveAsync(IntegrationHealth health, TimeSpan took, CancellationToken ct) => store.ExecuteAsync(
        """
        with now as materialized (select hotdash_now() - @took as began)
        insert into integration_health (integration, began_at, ok, since, probes)
        select @Integration, began, @Ok, began, @probes from now
        on conflict (integration) do update
        set began_at = excluded.began_at, ok = excluded.ok, probes = excluded.probes,
            since = case when integration_health.ok = excluded.ok then integration_health.since else excluded.since end
        where integration_health.began_at <= excluded.began_at
        """,
        new { health.Integration, health.Ok, took, probes = JsonSerializer.Serialize(health.Probes) }, ct);

    /// <summary>What was found before says nothing any more.</summary>
    public Task ForgetAsync(string integration, CancellationToken ct) =>
        store.ExecuteAsync("delete from integration_health where integration = @integration", new { integration }, ct);

    private sealed record Row(string Integration, DateTime BeganAt, DateTime Since, TimeSpan Age, string Probes)
    {
        public LastHealth ToHealth() => new(new(Integration, JsonSerializer.Deserialize<ProbeResult[]>(Probes) ?? []), new(BeganAt), new(Since), Age);
    }
}
