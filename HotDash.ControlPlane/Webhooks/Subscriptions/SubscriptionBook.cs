using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.Webhooks.Subscriptions;

/// <summary>What providers were found to tell us, and since when something may have been missed.</summary>
internal sealed class SubscriptionBook(NpgsqlDataSource store)
{
    /// <summary>For how long a provider that does not reach us tries again before it drops a subscription (Shopify: 4 hours), and a margin.</summary>
    private static readonly TimeSpan Retries = TimeSpan.FromHours(5);

    /// <summary>Whoever did not look for so long was away, and may have answered nobody.</summary>
    private static readonly TimeSpan Away = TimeSpan.FromMinutes(20);

    /// <summary>Notes a gap before anything is done about it, so that no crash hides it. Nothing was missed of a source that is new.</summary>
    /// <param name="source">The provider.</param>
    /// <param name="missing">Topics that it does not tell us. Those that it told before were dropped.</param>
    /// <param name="silentSince">The last delivery of what is silent for longer than usual.</param>
    /// <param name="ct">Gives up.</param>
    public Task MissedAsync(string source, IReadOnlyList<string> missing, DateTimeOffset? silentSince, CancellationToken ct) => store.ExecuteAsync(
        """
        update webhook_subscriptions known set missed_since = least(missed_since, (
            select min(since) from (
                select greatest(known.checked_at - @Retries, (
                    select received_at from webhook_events told
                    where told.source = known.source and told.topic = dropped.topic and not backfilled order by seq desc limit 1)) as since
                from unnest(@missing) as dropped (topic) where dropped.topic = any (known.topics)
                union all
                select known.checked_at where known.checked_at < hotdash_now() - @Away
                union all
                select greatest(@silentSince, known.filled_at) where @silentSince is not null) gaps))
        where source = @source
        """,
        new { source, missing = missing.ToArray(), silentSince = silentSince?.UtcDateTime, Retries, Away }, ct);

    public Task SeenAsync(string source, IReadOnlyList<string> topics, CancellationToken ct) => store.ExecuteAsync(
        """
        insert into webhook_subscriptions (source, topics, checked_at) values (@source, @topics, hotdash_now())
        on conflict (source) do update set topics = excluded.topics, checked_at = excluded.checked_at
        """,
        new { source, topics = topics.ToArray() }, ct);

    /// <returns>Null when nothing is missing.</returns>
    public async Task<DateTimeOffset?> MissedSinceAsync(string source, CancellationToken ct) =>
        await store.QueryFirstAsync<DateTime?>("select missed_since from webhook_subscriptions where source = @source", new { source }, ct) is { } since
            ? new DateTimeOffset(since)
            : null;

    public Task FilledAsync(string source, CancellationToken ct) => store.ExecuteAsync(
        "update webhook_subscriptions set missed_since = null, filled_at = hotdash_now() where source = @source", new { source }, ct);
}
