using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.Alerts;

/// <summary>What jobs do for alerts as a whole.</summary>
public sealed class AlertUpkeep(NpgsqlDataSource store)
{
    /// <summary>Deletes what was resolved long ago, with its messages; but not while one of those waits to be sent, or its silence goes on.</summary>
    /// <returns>How many alerts went.</returns>
    public Task<int> PruneAsync(TimeSpan retention, int most, CancellationToken ct) => store.ExecuteAsync(
        """
        delete from alerts where id in (
            select id from alerts
            where resolved_at < hotdash_now() - @retention and coalesce(silenced_until < hotdash_now(), true)
              and not exists (select from alert_messages message where message.alert_id = alerts.id and message.sent_at is null)
            order by resolved_at limit @most for update skip locked)
        """,
        new { retention, most }, ct);
}
