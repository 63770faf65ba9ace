using Dapper;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>
/// Whether a topic that we need has been silent for longer than usual. Usual is the second longest gap between the deliveries that are
/// kept: nights and weekends are among those, and the longest may have been an outage.
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
        await using var connection = await store.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            """
            select source, topic, told.sample, told.last as Last, told.usual as Usual, hotdash_now() - told.last as Silent
            from unnest(@sources, @topics) with ordinality as needed (source, topic, place)
            cross join lateral (
                select count(*)::int as sample, max(received_at) as last, (array_agg(gap order by gap desc) filter (where gap is not null))[2] as usual
                from (
                    select received_at, received_at - lag(received_at) over (order by seq) as gap
                    from (
                        select seq, received_at from webhook_events event
                        where event.source = needed.source and event.topic = needed.topic and not backfilled
                        order by seq desc limit @Most) newest) gaps) told
            order by place
            """,
            new { sources = needed.ConvertAll(row => row.Source), topics = needed.ConvertAll(row => row.Topic), Most }, cancellationToken: ct));

        return [.. rows.Select(Judge)];
    }

    private TopicSilence Judge(Row row) => new(
        row.Source, row.Topic, row.Sample, row.Last is { } last ? new DateTimeOffset(last) : null, row.Usual, row.Silent,
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
