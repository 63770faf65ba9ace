using HotDash.ControlPlane.Webhooks;
using HotDash.TestKit;
using Microsoft.Extensions.Options;

namespace HotDash.ControlPlane.Tests.Webhooks;

public sealed class WebhookSilenceTests(PostgresFixture postgres) : StoreTest(postgres)
{
    [Fact]
    public async Task A_silence_is_too_long_when_it_is_longer_than_usual_and_enough_is_known_of_what_is_usual()
    {
        // Shops sleep: 30 orders an hour apart, two nights of 10 hours, an outage of 40, and now nothing for 16 hours.
        var gaps = Enumerable.Repeat(1, 27).Concat([10, 10, 40]);
        await ToldAsync("shopify", "orders/create", gaps, TimeSpan.FromHours(16));
        await ToldAsync("shopify", "orders/updated", gaps, TimeSpan.FromHours(14));
        await ToldAsync("shopify", "orders/paid", Enumerable.Repeat(1, 18), TimeSpan.FromHours(16));
        await ToldAsync("chatwoot", "message_created", Enumerable.Repeat(0, 30), TimeSpan.FromMinutes(5));
        await ToldAsync("chatwoot", "conversation_created", Enumerable.Repeat(0, 30), TimeSpan.FromMinutes(30));
        await ToldAsync("chatwoot", "conversation_created", [0], TimeSpan.Zero, backfilled: true);
        await ToldAsync("chatwoot", "conversation_updated", [], TimeSpan.FromHours(100));

        var topics = await new WebhookSilence(Store, Options.Create(new WebhookOptions())).LookAsync(Ct);

        Assert.Equal(["conversation_created", "orders/create"], topics.Where(topic => topic.TooLong).Select(topic => topic.Topic));
        Assert.Equal(NeededTopics.BySource.Sum(source => source.Value.Count), topics.Count);
        var orders = topics.Single(topic => topic.Topic is "orders/create");
        Assert.Equal((31, 10, 16), (orders.Sample, Hours(orders.UsualGap), Hours(orders.SilentFor)));
        Assert.Equal((0, null, null, null), Known(topics, "refunds/create"));
        Assert.Equal((1, null), (Known(topics, "conversation_updated").Sample, Known(topics, "conversation_updated").UsualGap));
    }

    [Fact]
    public async Task The_inventory_tells_what_is_subscribed_missing_and_told_besides()
    {
        await using (var command = Store.CreateCommand(
            "insert into webhook_subscriptions (source, topics, checked_at, missed_since) values ('chatwoot', '{message_created,contact_created}', hotdash_now(), hotdash_now() - interval '1 hour')"))
            await command.ExecuteNonQueryAsync(Ct);
        await ToldAsync("chatwoot", "message_created", [0], TimeSpan.FromHours(2));
        var options = Options.Create(new WebhookOptions { PublicAddress = new("https://hotdash.example") });

        var sources = await new WebhookInventory(Store, new WebhookSilence(Store, options), options).LookAsync(Ct);

        var (chatwoot, shopify) = (sources.Single(source => source.Source is "chatwoot"), sources.Single(source => source.Source is "shopify"));
        Assert.Equal(
            "conversation_created False, conversation_status_changed False, conversation_updated False, message_created True, message_updated False, contact_created True",
            string.Join(", ", chatwoot.Topics.Select(topic => $"{topic.Topic} {topic.Subscribed}")));
        Assert.Equal(["contact_created"], chatwoot.Topics.Where(topic => !topic.Needed).Select(topic => topic.Topic));
        Assert.Equal(("https://hotdash.example/webhooks/chatwoot", false, true), (chatwoot.Address, chatwoot.Receives, chatwoot.MissedSince < chatwoot.CheckedAt));
        Assert.InRange(chatwoot.Topics.Single(topic => topic.Topic is "message_created").SilentSeconds!.Value, 7200, 7800);
        Assert.All(shopify.Topics, topic => Assert.Null(topic.Subscribed));
        Assert.Null(shopify.CheckedAt);
    }

    private static (int Sample, DateTimeOffset? Last, TimeSpan? UsualGap, TimeSpan? Silent) Known(IReadOnlyList<TopicSilence> topics, string name) =>
        topics.Single(topic => topic.Topic == name) is var topic ? (topic.Sample, topic.LastDelivery, topic.UsualGap, topic.SilentFor) : default;

    private static int Hours(TimeSpan? time) => (int)Math.Round(time!.Value.TotalHours);

    /// <summary>One delivery, and one more after each gap (in hours); the last of them <paramref name="ago"/>.</summary>
    private async Task ToldAsync(string source, string topic, IEnumerable<int> gaps, TimeSpan ago, bool backfilled = false)
    {
        await using var command = Store.CreateCommand(
            """
            insert into webhook_events (id, source, delivery_id, topic, resource, lane, bytes, body, received_at, backfilled)
            select gen_random_uuid(), @source, gen_random_uuid(), @topic, 'a/1', 0, 0, '', hotdash_now() - @ago - make_interval(hours => hours), @backfilled
            from unnest(@hours) with ordinality as told (hours, place) order by place
            """);
        command.Parameters.AddWithValue("source", source);
        command.Parameters.AddWithValue("topic", topic);
        command.Parameters.AddWithValue("ago", ago);
        command.Parameters.AddWithValue("backfilled", backfilled);
        command.Parameters.AddWithValue("hours", Ages([.. gaps]));
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static int[] Ages(int[] gaps) => [.. Enumerable.Range(0, gaps.Length + 1).Select(place => gaps[place..].Sum())];
}
