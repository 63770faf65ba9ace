using HotDash.ControlPlane.Store;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>What we need to be told, what providers say that they tell us, and what came.</summary>
public sealed class WebhookInventory(NpgsqlDataSource store, WebhookSilence silence, IOptions<WebhookOptions> options)
{
    public async Task<IReadOnlyList<InventorySource>> LookAsync(CancellationToken ct)
    {
        var topics = (await silence.LookAsync(ct)).ToLookup(topic => topic.Source, StringComparer.Ordinal);
        var known = (await store.QueryAsync<Row>(
                "select source, topics, checked_at as CheckedAt, missed_since as MissedSince, filled_at as FilledAt from webhook_subscriptions", null, ct))
            .ToDictionary(row => row.Source, StringComparer.Ordinal);

        return [.. NeededTopics.BySource.Keys.Select(source => View(source, known.GetValueOrDefault(source), topics[source]))];
    }

    private InventorySource View(string source, Row? known, IEnumerable<TopicSilence> topics) => new(
        source, options.Value.All.ContainsKey(source), options.Value.AddressOf(source)?.AbsoluteUri, (known?.CheckedAt).ToOffset(), known?.MissedSince.ToOffset(), known?.FilledAt.ToOffset(),
        [.. topics.Select(topic => View(topic, known)), .. Others(known, NeededTopics.BySource[source])]);

    private static InventoryTopic View(TopicSilence topic, Row? known) => new(
        topic.Topic, Needed: true, known?.Topics.Contains(topic.Topic, StringComparer.Ordinal), topic.LastDelivery, topic.Sample,
        Seconds(topic.UsualGap), Seconds(topic.SilentFor), topic.TooLong);

    private static IEnumerable<InventoryTopic> Others(Row? known, IReadOnlyList<string> needed) =>
        (known?.Topics ?? []).Except(needed, StringComparer.Ordinal).Select(topic => new InventoryTopic(topic, Needed: false, Subscribed: true));

    private static long? Seconds(TimeSpan? time) => (long?)time?.TotalSeconds;

    private sealed class Row
    {
        public required string Source { get; init; }

        public required string[] Topics { get; init; }

        public DateTime CheckedAt { get; init; }

        public DateTime? MissedSince { get; init; }

        public DateTime? FilledAt { get; init; }
    }
}

/// <param name="Receives">Whether a secret is set, without which nobody of this name is let in.</param>
/// <param name="Address">Where the provider shall send to; null while <c>Webhooks:PublicAddress</c> is not set.</param>
/// <param name="CheckedAt">When the provider was last asked what it sends; null when never.</param>
/// <param name="MissedSince">What happened since then may not have been told to us, and is about to be read; null when nothing is missing.</param>
/// <param name="FilledAt">When what was missed was last read.</param>
public sealed record InventorySource(
    string Source, bool Receives, string? Address, DateTimeOffset? CheckedAt, DateTimeOffset? MissedSince, DateTimeOffset? FilledAt, IReadOnlyList<InventoryTopic> Topics);

/// <param name="Needed">False for what the provider sends though nothing here makes anything of it.</param>
/// <param name="Subscribed">Null when the provider was never asked.</param>
/// <param name="Sample">Deliveries that are kept.</param>
/// <param name="UsualGapSeconds">The second longest between them; null while there are fewer than three.</param>
/// <param name="SilentSeconds">Since the last.</param>
/// <param name="SilentTooLong">Longer than usual (<c>Webhooks:Silence</c>).</param>
public sealed record InventoryTopic(
    string Topic, bool Needed, bool? Subscribed, DateTimeOffset? LastDelivery = null, int Sample = 0, long? UsualGapSeconds = null, long? SilentSeconds = null,
    bool SilentTooLong = false);
