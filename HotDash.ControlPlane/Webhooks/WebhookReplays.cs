using HotDash.ControlPlane.Audit;
using Npgsql;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>Events that were given up, or that nobody made anything of, can be handled anew.</summary>
public sealed class WebhookReplays
{
    private readonly NpgsqlDataSource _store;
    private readonly LaneCalls _lanes;

    internal WebhookReplays(NpgsqlDataSource store, LaneCalls lanes) => (_store, _lanes) = (store, lanes);

    /// <returns>False when there is no such event, or it is pending or done: what had its effect must not have it twice.</returns>
    public async Task<bool> ReplayAsync(WebhookView view, string by, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(view);
        var replayed = await _store.ExecuteAuditedAsync(
            """
            update webhook_events set state = 'pending', attempts = 0, last_error = null, settled_at = null, due_at = hotdash_now()
            where id = @Id and state in ('poison', 'ignored')
            """,
            new { view.Id },
            new(AuditKinds.Webhook, view.Id.ToString(), "replay", by, new { state = view.State }, new { state = WebhookState.Pending }),
            ct);
        if (replayed)
            _lanes.Call([WebhookRow.LaneOf(view.Source, view.Resource)]);

        return replayed;
    }
}
