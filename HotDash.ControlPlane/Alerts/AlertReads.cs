using HotDash.ControlPlane.Reads;
using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.Alerts;

/// <summary>Shows alerts.</summary>
public sealed class AlertReads(NpgsqlDataSource store)
{
    /// <summary>Newest first.</summary>
    public async Task<Page<Alert>> ListAsync(AlertFilter filter, AlertPosition? after, int limit, CancellationToken ct)
    {
        var rows = await store.QueryAsync<AlertRow>(
            $"""
            {AlertRow.Select}
            where (@Indicator::text is null or indicator = @Indicator) and (@Subject::text is null or subject = @Subject)
              and {Standing(filter.State)}
              and (@At::timestamptz is null or (opened_at, id) < (@At, @Id))
            order by opened_at desc, id desc limit @take
            """,
            new { filter.Indicator, filter.Subject, At = after?.OpenedAt.UtcDateTime, after?.Id, take = limit + 1 }, ct);

        return Page.Of(rows.Select(row => row.ToAlert()), limit, alert => new AlertPosition(alert.OpenedAt, alert.Id));
    }

    /// <returns>Null when there is no such alert.</returns>
    public async Task<Alert?> FindAsync(Guid id, CancellationToken ct) =>
        (await store.QueryFirstAsync<AlertRow>($"{AlertRow.Select} where id = @id", new { id }, ct))?.ToAlert();

    private static string Standing(AlertState? state) => state switch
    {
        AlertState.Open => "resolved_at is null and acknowledged_at is null",
        AlertState.Acknowledged => "resolved_at is null and acknowledged_at is not null",
        AlertState.Resolved => "resolved_at is not null",
        _ => "true",
    };
}
