using System.Globalization;
using System.Net;
using System.Text.Json;
using HotDash.ControlPlane.Webhooks;
using HotDash.Integrations;
using HotDash.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Pollers.Tests.Jobs.Webhooks;

public sealed class WatchSubscriptionsTests(PostgresFixture postgres)
{
    private const string Chatwoot = "webhooks.watch-chatwoot";
    private const string Shopify = "webhooks.watch-shopify";
    private const string LastPage = "\"pageInfo\":{\"hasNextPage\":false,\"endCursor\":null}";
    private const string NoWebhooks = """{"payload":{"webhooks":[{"id":3,"url":"https://elsewhere.example/","subscriptions":["message_created"]}]}}""";
    private const string Webhook = """
        {"id":4,"url":"https://hotdash.example/webhooks/chatwoot","secret":"canary-made-up",
         "subscriptions":["conversation_created","conversation_status_changed","conversation_updated","message_created","message_updated"]}
        """;

    private static readonly string ListWebhooks = $$$"""{"payload":{"webhooks":[{{{Webhook}}}]}}""";
    private static readonly string AddWebhook = $$$"""{"payload":{"webhook":{{{Webhook}}} } }""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chatwoot_is_subscribed_once_and_what_it_signs_with_is_kept_sealed()
    {
        await using var pollers = await PollersOfWebhooks.BuildAsync(postgres);
        pollers.Chatwoot.Answers(NoWebhooks, NoWebhooks, AddWebhook, ListWebhooks, ListWebhooks);
        var secrets = pollers.Services.GetRequiredService<LearnedSecrets>();
        await secrets.LearnAsync("another", "canary-of-another", Ct);

        await pollers.RunAsync(Chatwoot);
        await pollers.RunAsync(Chatwoot);

        Assert.Equal("GET GET POST GET GET", string.Join(' ', pollers.Chatwoot.Requests.Select(request => request.Method)));
        Assert.Equal(
            """{"url":"https://hotdash.example/webhooks/chatwoot","subscriptions":["conversation_created","conversation_status_changed","conversation_updated","message_created","message_updated"]}""",
            pollers.Chatwoot.Requests[2].Body);
        Assert.Equal(["canary-made-up"], (await secrets.OfAsync("chatwoot", Ct)).Select(System.Text.Encoding.UTF8.GetString));
        Assert.Single(await secrets.OfAsync("another", Ct));
        Assert.Equal("2", await pollers.TextAsync("select count(*) from webhook_secrets where encode(secret, 'escape') not like '%canary%'"));
        var chatwoot = await InventoryAsync(pollers, "chatwoot");
        Assert.All(chatwoot.Topics, topic => Assert.True(topic.Subscribed));
        Assert.Null(chatwoot.MissedSince);
    }

    [Fact]
    public async Task A_webhook_that_lacks_an_event_is_told_it_besides_those_that_it_has()
    {
        await using var pollers = await PollersOfWebhooks.BuildAsync(postgres);
        var poor = ListWebhooks.Replace("\"message_created\"", "\"contact_created\"", StringComparison.Ordinal);
        pollers.Chatwoot.Answers(poor, poor, AddWebhook, ListWebhooks);

        await pollers.RunAsync(Chatwoot);

        Assert.Equal(("PATCH", "/api/v1/accounts/1/webhooks/4"), (pollers.Chatwoot.Requests[2].Method, pollers.Chatwoot.Requests[2].Address.AbsolutePath));
        Assert.Contains("\"contact_created\",\"message_updated\",\"message_created\"]", pollers.Chatwoot.Requests[2].Body, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task What_happened_since_Chatwoot_dropped_the_webhook_is_read_as_if_it_had_been_told_also_after_a_failure()
    {
        await using var pollers = await PollersOfWebhooks.BuildAsync(postgres);
        await pollers.ExecuteAsync(
            """
            insert into webhook_subscriptions (source, topics, checked_at)
            values ('chatwoot', '{conversation_created,conversation_status_changed,conversation_updated,message_created}', hotdash_now() - interval '6 minutes');
            insert into webhook_events (id, source, delivery_id, topic, resource, lane, bytes, body, received_at)
            select gen_random_uuid(), 'chatwoot', topic, topic, 'conversation/7', 0, 0, '', hotdash_now() - interval '30 minutes'
            from webhook_subscriptions, unnest(topics) topic
            """);
        pollers.Chatwoot.Answers(NoWebhooks, NoWebhooks, AddWebhook, ListWebhooks).Replies(HttpStatusCode.ServiceUnavailable);
        pollers.Chatwoot.Answers(
            ListWebhooks,
            Conversations(Conversation(7, created: 600, active: 10)),
            $$"""{"payload":[{{Message(3, 2, 20)}},{{Message(4, 1, 10)}}]}""",
            $$"""{"payload":[{{Message(1, 0, 180)}},{{Message(2, 0, 25)}}]}""",
            Conversations(Conversation(9, created: 20, active: 15), Conversation(8, created: 600, active: 120)),
            """{"payload":[]}""");

        await Assert.ThrowsAnyAsync<IntegrationException>(() => pollers.RunAsync(Chatwoot));
        var fromTheLastDelivery = await pollers.TextAsync("select missed_since = (select min(received_at) from webhook_events) from webhook_subscriptions");
        await pollers.RunAsync(Chatwoot);

        while (await pollers.TextAsync("select count(*) from jobs where kind = 'webhooks.handle'") is "0")
            await Task.Delay(TimeSpan.FromMilliseconds(10), Ct); // they are called beside

        Assert.Equal("True", fromTheLastDelivery);
        Assert.Equal(
            "message_created 2, message_created 4, conversation_updated 7, conversation_created 9, conversation_updated 9",
            await pollers.TextAsync(
                """
                select string_agg(topic || ' ' || coalesce(substring(delivery_id from '^backfill:message_created:conversation/7:(.*)$'), split_part(resource, '/', 2)), ', ' order by seq)
                from webhook_events where backfilled
                """));
        Assert.Equal(("incoming", 7, "conversation/7"), await ReadAsync(pollers, "message_created"));
        var after = await InventoryAsync(pollers, "chatwoot");
        Assert.Null(after.MissedSince);
        Assert.NotNull(after.FilledAt);
    }

    [Fact]
    public async Task Shopify_is_subscribed_topic_by_topic_what_it_refuses_stays_missing_and_orders_and_products_changed_since_are_read()
    {
        await using var pollers = await PollersOfWebhooks.BuildAsync(postgres);
        await pollers.ExecuteAsync("insert into webhook_subscriptions (source, topics, checked_at) values ('shopify', '{orders/updated,orders/paid}', hotdash_now() - interval '6 minutes')");
        var known = NeededTopics.BySource["shopify"].Except(["orders/updated", "orders/paid"], StringComparer.Ordinal).ToList();
        pollers.Shopify.Answers(Subscriptions(known)).Replies(HttpStatusCode.ServiceUnavailable);
        pollers.Shopify.Answers(
            Subscriptions(known),
            """{"data":{"webhookSubscriptionCreate":{"userErrors":[{"field":null,"message":"no"}]}}}""",
            """{"data":{"webhookSubscriptionCreate":{"userErrors":[]}}}""",
            Subscriptions([.. known, "orders/updated"]),
            $$$"""{"data":{"orders":{"nodes":[{{{Order(1, created: 60, updated: 50)}}}],"pageInfo":{"hasNextPage":true,"endCursor":"c1"} } } }""",
            $$$"""{"data":{"orders":{"nodes":[{{{Order(2, created: 9000, updated: 40)}}},{{{Order(3, created: 9000, updated: -60)}}}],{{{LastPage}}} } } }""",
            $$$"""{"data":{"products":{"nodes":[{{{Product(5, updated: 30)}}},{{{Product(6, updated: -60)}}}],{{{LastPage}}} } } }""");

        await Assert.ThrowsAnyAsync<IntegrationException>(() => pollers.RunAsync(Shopify));
        var since = await pollers.TextAsync("select to_char((missed_since - interval '1 minute') at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') from webhook_subscriptions");
        await pollers.RunAsync(Shopify);

        var created = pollers.Shopify.Requests.Skip(3).Take(2).Select(request => JsonDocument.Parse(request.Body).RootElement.GetProperty("variables").ToString());
        Assert.Equal(["ORDERS_PAID", "ORDERS_UPDATED"], created.Select(variables => JsonDocument.Parse(variables).RootElement.GetProperty("topic").GetString()));
        Assert.All(created, variables => Assert.Contains("https://hotdash.example/webhooks/shopify", variables, StringComparison.Ordinal));
        Assert.All(pollers.Shopify.Requests.TakeLast(3), request => Assert.Contains($"updated_at:\\u003E=\\u0027{since}", request.Body, StringComparison.Ordinal));
        Assert.Equal(["orders/paid"], (await InventoryAsync(pollers, "shopify")).Topics.Where(topic => topic.Subscribed is false).Select(topic => topic.Topic));
        Assert.Equal(
            "orders/create orders/1, orders/updated orders/1, orders/updated orders/2, products/update products/5",
            await pollers.TextAsync("select string_agg(topic || ' ' || resource, ', ' order by seq) from webhook_events where backfilled"));
    }

    [Fact]
    public async Task What_a_topic_that_fell_silent_may_not_have_told_is_read_and_the_secret_of_a_webhook_that_was_there_is_learnt()
    {
        await using var pollers = await PollersOfWebhooks.BuildAsync(postgres);
        await pollers.ExecuteAsync(
            """
            insert into webhook_subscriptions (source, topics, checked_at) values ('chatwoot', '{}', hotdash_now()), ('shopify', '{}', hotdash_now());
            insert into webhook_events (id, source, delivery_id, topic, resource, lane, bytes, body, received_at)
            select gen_random_uuid(), 'chatwoot', ago::text, case ago when 40 then 'message_updated' else 'message_created' end, 'conversation/7', 0, 0, '', hotdash_now() - ago * interval '15 minutes'
            from generate_series(40, 10, -1) ago
            """);
        pollers.Chatwoot.Answers(ListWebhooks).Replies(HttpStatusCode.ServiceUnavailable);
        pollers.Shopify.Answers(Subscriptions(NeededTopics.BySource["shopify"]));

        await Assert.ThrowsAnyAsync<IntegrationException>(() => pollers.RunAsync(Chatwoot));
        await pollers.RunAsync(Shopify);

        Assert.Equal("True", await pollers.TextAsync("select missed_since = (select max(received_at) from webhook_events) from webhook_subscriptions where source = 'chatwoot'"));
        Assert.Null((await InventoryAsync(pollers, "shopify")).MissedSince);
        Assert.Single(await pollers.Services.GetRequiredService<LearnedSecrets>().OfAsync("chatwoot", Ct));
    }

    [Theory]
    [InlineData(null, "test-key")]
    [InlineData("https://hotdash.example", null)]
    public async Task Nobody_is_subscribed_while_it_is_not_known_where_HotDash_is_reached_or_who_it_is(string? publicAddress, string? keys)
    {
        await using var pollers = await PollersOfWebhooks.BuildAsync(postgres, publicAddress, keys);

        await pollers.RunAsync(Chatwoot);
        await pollers.RunAsync(Shopify);

        Assert.Empty(pollers.Chatwoot.Requests.Concat(pollers.Shopify.Requests));
    }

    [Fact]
    public async Task What_handlers_make_something_of_is_what_providers_shall_tell()
    {
        await using var pollers = await PollersOfWebhooks.BuildAsync(postgres);
        await using var scope = pollers.Services.CreateAsyncScope();

        var handled = scope.ServiceProvider.GetServices<IWebhookHandler>().SelectMany(handler => handler.Topics, (handler, topic) => $"{handler.Source} {topic}");

        Assert.Equal(
            NeededTopics.BySource.SelectMany(source => source.Value, (source, topic) => $"{source.Key} {topic}").Order(StringComparer.Ordinal),
            handled.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    private static async Task<InventorySource> InventoryAsync(PollersOfWebhooks pollers, string source) =>
        (await pollers.Services.GetRequiredService<WebhookInventory>().LookAsync(Ct)).Single(known => known.Source == source);

    /// <summary>The first that was read of a topic, as its handler sees it.</summary>
    private static async Task<(string?, int, string)> ReadAsync(PollersOfWebhooks pollers, string topic)
    {
        var id = Guid.Parse(await pollers.TextAsync("select id from webhook_events where backfilled and topic = @topic order by seq limit 1", new { topic }));
        var opened = (await pollers.Services.GetRequiredService<WebhookReads>().FindAsync(id, Ct))!;
        var body = JsonDocument.Parse(opened.Body).RootElement;
        return (body.GetProperty("message_type").GetString(), body.GetProperty("conversation").GetProperty("id").GetInt32(), opened.View.Resource);
    }

    private static long Unix(int minutesAgo) => DateTimeOffset.UtcNow.AddMinutes(-minutesAgo).ToUnixTimeSeconds();

    private static string Conversations(params string[] conversations) => $$$"""{"data":{"meta":{"all_count":3},"payload":[{{{string.Join(',', conversations)}}}]}}""";

    private static string Conversation(int id, int created, int active) =>
        $$"""{"id":{{id}},"status":"open","inbox_id":1,"created_at":{{Unix(created)}},"last_activity_at":{{Unix(active)}},"labels":[]}""";

    private static string Message(int id, int kind, int ago) => $$"""{"id":{{id}},"message_type":{{kind}},"created_at":{{Unix(ago)}},"private":false,"content":"canary"}""";

    private static string Subscriptions(IEnumerable<string> topics)
    {
        var nodes = topics.Select(topic => $$"""{"id":"gid://shopify/WebhookSubscription/1","topic":"{{topic.Replace('/', '_').ToUpperInvariant()}}","uri":"https://hotdash.example/webhooks/shopify"}""");
        return $$$"""{"data":{"webhookSubscriptions":{"nodes":[{{{string.Join(',', nodes)}}}],{{{LastPage}}} } } }""";
    }

    private static string Order(int id, int created, int updated) => $$$"""
        {"id":"gid://shopify/Order/{{{id}}}","name":"#{{{id}}}","createdAt":"{{{Ago(created)}}}","updatedAt":"{{{Ago(updated)}}}","cancelledAt":null,"closedAt":null,
         "displayFinancialStatus":"PAID","displayFulfillmentStatus":"UNFULFILLED","currentSubtotalLineItemsQuantity":1,"test":true,
         "currentTotalPriceSet":{"shopMoney":{"amount":"24.0","currencyCode":"EUR"} } }
        """;

    private static string Product(int id, int updated) => $$$"""
        {"id":"gid://shopify/Product/{{{id}}}","title":"Mug","handle":"mug","status":"ACTIVE","vendor":"","productType":"","totalInventory":1,"tracksInventory":true,
         "updatedAt":"{{{Ago(updated)}}}","priceRangeV2":{"minVariantPrice":{"amount":"1","currencyCode":"EUR"},"maxVariantPrice":{"amount":"1","currencyCode":"EUR"} } }
        """;

    private static string Ago(int minutes) => DateTimeOffset.UtcNow.AddMinutes(-minutes).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
