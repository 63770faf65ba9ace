using HotDash.ControlPlane.Webhooks.Subscriptions;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>What was read instead of told goes the same way as what is told: kept once, and handled by the same handlers.</summary>
internal sealed class WebhookBackfill(WebhookStore store, WebhookVault vault, LaneCalls lanes)
{
    /// <returns>How many were not kept yet.</returns>
    public async Task<int> KeepAsync(string source, IReadOnlyList<MissedEvent> missed, CancellationToken ct)
    {
        if (missed is [])
            return 0;

        List<WebhookRow> rows = [.. missed.Select(happened => Row(source, happened))];
        var ids = await store.KeepAsync(rows, ct);
        var kept = rows.Where((row, place) => ids[place] == row.Id).ToList();
        lanes.Call(kept.Select(row => row.Lane));
        return kept.Count;
    }

    private WebhookRow Row(string source, MissedEvent happened)
    {
        var (id, body) = (Guid.CreateVersion7(), happened.Body());
        return new()
        {
            Id = id,
            Source = source,
            Subject = new(happened.DeliveryId, happened.Topic, happened.Resource),
            Bytes = body.Length,
            Sealed = vault.Seal(id, body),
            Backfilled = true,
        };
    }
}
