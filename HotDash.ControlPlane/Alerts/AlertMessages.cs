using System.Text.Json;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Store;
using HotDash.Integrations.AlertWebhook;
using Npgsql;

namespace HotDash.ControlPlane.Alerts;

/// <summary>What the receiver of alerts is told; stored with the change that it tells of, and brought there by a job.</summary>
/// <param name="receiver">Null where none is configured: nobody is told.</param>
public sealed class AlertMessages(JobQueue queue, AlertWebhookOptions? receiver = null)
{
    public const string Opened = "alert.opened";
    public const string Acknowledged = "alert.acknowledged";
    public const string Resolved = "alert.resolved";

    /// <summary>
    /// Tells of what has become of an alert. Of what is silenced nothing is told, but that something is over which was told of. Call
    /// <see cref="Wake"/> after the commit.
    /// </summary>
    internal async Task TellAsync(NpgsqlTransaction transaction, Guid alertId, string type, CancellationToken ct)
    {
        if (receiver is null || await FindAsync(transaction, alertId, ct) is not { } told || (type is not Opened && !told.Told) || (type is not Resolved && told.Silent))
            return;

        var alert = (await transaction.QueryFirstAsync<AlertRow>($"{AlertRow.Select} where id = @alertId", new { alertId }, ct))!.ToAlert();
        var id = Guid.CreateVersion7();
        await transaction.ExecuteAsync(
            """
            with known as (update alerts set told = true where id = @alertId and not told)
            insert into alert_messages (id, alert_id, type, body, at) values (@id, @alertId, @type, @body, @now)
            """,
            new { id, alertId, type, body = Body(type, told.Now, alert), now = told.Now }, ct);
        await queue.EnqueueAsync(
            transaction.Connection!, transaction, AlertJobs.Send, new SendMessagePayload(id), new EnqueueOptions { MaxAttempts = AlertJobs.NeverDead }, ct);
    }

    /// <summary>Tells of alerts whose opening nobody was told of: their silence is over, or there was no receiver.</summary>
    internal async Task CatchUpAsync(NpgsqlTransaction transaction, CancellationToken ct)
    {
        if (receiver is null)
            return;

        foreach (var id in await transaction.QueryAsync<Guid>(
            "select id from alerts where resolved_at is null and not told and coalesce(silenced_until <= hotdash_now(), true) order by opened_at, id", new { }, ct))
            await TellAsync(transaction, id, Opened, ct);
    }

    internal void Wake()
    {
        if (receiver is not null)
            queue.Wake();
    }

    private static Task<Standing?> FindAsync(NpgsqlTransaction transaction, Guid alertId, CancellationToken ct) => transaction.QueryFirstAsync<Standing>(
        "select told as Told, coalesce(silenced_until > hotdash_now(), false) as Silent, hotdash_now() as Now from alerts where id = @alertId for update", new { alertId }, ct);

    /// <summary>The three members that the standard asks for.</summary>
    private static string Body(string type, DateTime now, Alert alert) =>
        JsonSerializer.Serialize(new { type, timestamp = new DateTimeOffset(now), data = alert }, JsonSerializerOptions.Web);

    private sealed record Standing(bool Told, bool Silent, DateTime Now);
}
