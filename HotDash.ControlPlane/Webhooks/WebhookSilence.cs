using HotDash.ControlPlane.Store;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>
/// Whether a topic that we need has been silent for longer than usual. Usual is the second longest gap between the deliveries that are
/// kept: nights and weekends are among those, and the longest may have been an outage. What was read instead of delivered does not count.
/// </summary>
public sealed class WebhookSilence(NpgsqlDataSource store, IOptions<WebhookOptions> options)
{
    /// <summary>Of each topic's deliveries, the newest.</summary>
    private const int Most = 20_000;

    private readonly SilenceOptions _rule = options.Value.Silence;

    /// <summary>Every topic of <see cref="NeededTopics"/>.</summary>
    public async Task<IReadOnlyList<TopicSilence>> LookAsync(CancellationToken ct)
    {
        var needed = NeededTopics.BySource.SelectMany(source => source.Value, (source, topic) => (Source: source.Key, Topic: topic)).ToList();
        var rows = await store.QueryAsync<Row>(
            $"""
            select source, topic, sample, last, usual, silent
            from unnest(@sources, @topics) with ordinality as needed (source, topic, place) cross join lateral ({OfTopic("needed", until: "hotdash_now()")}) told
            order by place
            """,
            new { sources = needed.ConvertAll(row => row.Source), topics = needed.ConvertAll(row => row.Topic) }, ct);

        return [.. rows.Select(Judge)];
    }

    /// <summary>A query for one topic's sample, last, usual and silent; usual is null of fewer than three deliveries.</summary>
    /// <param name="topics">What has the columns source and topic.</param>
    internal static string OfTopic(string topics, string until) =>
        $"""
        select count(*)::int as sample, max(received_at) as last, {until} - max(received_at) as silent,
               (array_agg(gap order by gap desc) filter (where gap is not null))[2] as usual
        from (
            select received_at, received_at - lag(received_at) over (order by seq) as gap
            from (
                select seq, received_at from webhook_events event
                where event.source = {topics}.source and event.topic = {topics}.topic and not backfilled and received_at < {until}
                order by seq desc limit {Most}) newest) gaps
        """;

    private TopicSilence Judge(Row row) => new(
        row.Source, row.Topic, row.Sample, row.Last.ToOffset(), row.Usual, row.Silent,
        TooLong: row.Sample >= _rule.MinSample && row is { Usual: { } usual, Silent: { } silent } && silent > Longest(usual));

    private TimeSpan Longest(TimeSpan usual) => usual * _rule.Factor is var longest && longest > _rule.AtLeast ? longest : _rule.AtLeast;

    private sealed record Row(string Source, string Topic, int Sample, DateTime? Last, TimeSpan? Usual, TimeSpan? Silent);
}

/// <summary>How long a topic has been silent, and for how long it usually is.</summary>
/// <param name="Sample">Deliveries that are kept, which is what the rest is told from.</param>
/// <param name="LastDelivery">Null when none is kept.</param>
/// <param name="UsualGap">Null while there are fewer than three deliveries.</param>
/// <param name="SilentFor">Since the last delivery.</param>
/// <param name="TooLong">Silent for longer than usual; never said of too small a sample.</param>
public sealed record TopicSilence(
    string Source, string Topic, int Sample, DateTimeOffset? LastDelivery, TimeSpan? UsualGap, TimeSpan? SilentFor, bool TooLong);
