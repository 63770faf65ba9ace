using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>What jobs do for the inbox as a whole.</summary>
internal sealed class WebhookUpkeep(NpgsqlDataSource store, LaneCalls lanes)
{
    /// <summary>Calls the lanes whose events are due: those that wait for another try, and those whose call was lost.</summary>
    public async Task SweepAsync(CancellationToken ct)
    {
        var due = new List<short>();
        await using (var command = store.CreateCommand("select distinct lane from webhook_events where state = 'pending' and due_at <= hotdash_now()"))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
                due.Add(reader.GetInt16(0));
        }

        if (due.Count > 0)
            await lanes.EnqueueAsync(due, ct);
    }

    /// <summary>Deletes what was settled long ago. What was given up stays until somebody replays it.</summary>
    public Task<int> PruneAsync(TimeSpan retention, int most, CancellationToken ct) => store.ExecuteAsync(
        """
        delete from webhook_events where id in (
            select id from webhook_events where settled_at < hotdash_now() - @retention and state <> 'poison' order by settled_at limit @most for update skip locked)
        """,
        new { retention, most }, ct);
}
