using System.Net;
using System.Text.Json;

using HotDash.Integrations.Shopify;
using HotDash.TestKit;

namespace HotDash.Integrations.Tests.Shopify;

public sealed class ShopifyClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_query_goes_to_the_version_with_the_token_and_its_variables()
    {
        var provider = new StubProvider().Replies(HttpStatusCode.OK, ShopifyReplies.Orders());
        await using var wired = new Wired(provider, settings: ("SHOPIFY_API_VERSION", "2026-10"));

        await wired.Get<ShopifyClient>().ListOrdersAsync(new(OrderStatus.Open), "cursor-1", 30, Cancellation);

        var request = Assert.Single(provider.Requests);
        Assert.Equal(("POST", "/base/admin/api/2026-10/graphql.json"), (request.Method, request.Address.PathAndQuery));
        Assert.Equal(ShopifyContractTests.AccessToken, request.Headers["X-Shopify-Access-Token"]);
        var body = JsonDocument.Parse(request.Body).RootElement;
        Assert.StartsWith("query Orders(", body.GetProperty("query").GetString(), StringComparison.Ordinal);
        Assert.Equal("""{"first":30,"after":"cursor-1","query":"status:open"}""", body.GetProperty("variables").GetRawText());
    }

    [Fact]
    public async Task An_order_is_told_in_our_words()
    {
        await using var wired = new Wired(new StubProvider().Replies(HttpStatusCode.OK, ShopifyReplies.Orders(page: """{"hasNextPage":true,"endCursor":"next"}""")));

        var page = await wired.Get<ShopifyClient>().ListOrdersAsync(new(), null, 10, Cancellation);

        var order = Assert.Single(page.Items);
        Assert.Equal(("gid://shopify/Order/1", "#1001", OrderStatus.Open, "partially_paid", "unfulfilled"), (order.Id, order.Name, order.Status, order.FinancialStatus, order.FulfillmentStatus));
        Assert.Equal((3, new Money(48.50m, "EUR"), "next"), (order.Quantity, order.Total, page.Next));
    }

    [Theory]
    [InlineData("THROTTLED", "rate_limited")]
    [InlineData("ACCESS_DENIED", "unauthorized")]
    [InlineData("SHOP_INACTIVE", "unauthorized")]
    [InlineData("INTERNAL_SERVER_ERROR", "unavailable")]
    [InlineData("MAX_COST_EXCEEDED", "rejected")]
    [InlineData("undefinedField", "rejected")]
    [InlineData(null, "rejected")]
    public async Task An_error_at_200_is_what_it_means(string? code, string expected)
    {
        await using var wired = new Wired(new StubProvider().Replies(HttpStatusCode.OK, ShopifyReplies.Error(code)));

        var failure = await Assert.ThrowsAnyAsync<IntegrationException>(() => wired.Get<ShopifyClient>().GetShopAsync(Cancellation));

        Assert.Equal(expected, failure.Code);
    }

    [Fact]
    public async Task Data_beside_an_error_does_not_pass_for_all_of_it()
    {
        var body = ShopifyReplies.Orders().Replace("{\"data\"", """{"errors":[{"message":"x","path":["orders"]}],"data" """.TrimEnd(), StringComparison.Ordinal);
        await using var wired = new Wired(new StubProvider().Replies(HttpStatusCode.OK, body));

        var failure = await Assert.ThrowsAnyAsync<IntegrationException>(() => wired.Get<ShopifyClient>().ListOrdersAsync(new(), null, 10, Cancellation));

        Assert.Equal(IntegrationCodes.Rejected, failure.Code);
    }

    [Fact]
    public async Task The_budget_is_asked_for_what_the_query_costs_as_soon_as_that_is_known()
    {
        var budget = new CountingBudget();
        var provider = new StubProvider().Replies(HttpStatusCode.OK, ShopifyReplies.Orders(requested: 17)).Replies(HttpStatusCode.OK, ShopifyReplies.Orders())
            .Replies(HttpStatusCode.OK, ShopifyReplies.Orders());
        await using var wired = new Wired(provider, budget: budget);
        var shopify = wired.Get<ShopifyClient>();

        await shopify.ListOrdersAsync(new(), null, 10, Cancellation);
        await shopify.ListOrdersAsync(new(OrderStatus.Open), null, 10, Cancellation);
        await shopify.ListOrdersAsync(new(), null, 20, Cancellation);

        Assert.Equal([ShopifyOperation.Orders.Estimate(10), 17, ShopifyOperation.Orders.Estimate(20)], budget.Taken.Select(taken => taken.Cost));
    }

    [Fact]
    public async Task A_throttled_query_teaches_its_cost_and_is_sent_again_when_the_bucket_holds_enough()
    {
        var (budget, provider) = (new CountingBudget(), new StubProvider());
        provider.Replies(HttpStatusCode.OK, ShopifyReplies.Throttled(requested: 45, available: 45, rate: 100)).Replies(HttpStatusCode.OK, ShopifyReplies.Orders(requested: 45));
        await using var wired = new Wired(provider, Attempts.Several, budget);

        await wired.Get<ShopifyClient>().ListOrdersAsync(new(), null, 10, Cancellation);
        provider.Replies(HttpStatusCode.OK, ShopifyReplies.Orders());
        await wired.Get<ShopifyClient>().ListOrdersAsync(new(), null, 10, Cancellation);

        Assert.Equal(45, budget.Taken.Last().Cost);
        Assert.Equal(3, provider.Requests.Count);
    }

    [Fact]
    public async Task The_bucket_of_each_reply_is_reported()
    {
        var reply = new HttpResponseMessage { Content = new StringContent(ShopifyReplies.Orders(requested: 20)) };
        await reply.Content.LoadIntoBufferAsync(Cancellation);

        var reading = new ShopifyCosts().Read(reply, FixedClock.Now);

        Assert.Equal(new BudgetReading(1900, TimeSpan.FromSeconds(1), 20), reading.Budget);
    }

    [Fact]
    public async Task No_query_costs_more_than_Shopify_lets_through_and_none_more_than_our_limit()
    {
        var budget = new CountingBudget();
        await using var wired = new Wired(new StubProvider().AlwaysReplies(HttpStatusCode.OK, ShopifyReplies.Orders()), budget: budget, settings: ("Integrations:Limits:shopify", "50/1s"));

        await wired.Get<ShopifyClient>().ListOrdersAsync(new(), null, 500, Cancellation);

        Assert.Equal(50, Assert.Single(budget.Taken).Cost);
        Assert.True(ShopifyOperation.Inventory.Estimate(ShopifyClient.MaxInventoryPage) <= 1000);
        Assert.All(
            [ShopifyOperation.Orders, ShopifyOperation.Order, ShopifyOperation.Products, ShopifyOperation.Variants, ShopifyOperation.InventoryLevels, ShopifyOperation.Locations],
            operation => Assert.True(operation.Estimate(ShopifyClient.MaxPage) <= 1000));
    }

    [Fact]
    public async Task Filters_are_written_as_Shopify_reads_them()
    {
        var provider = new StubProvider().AlwaysReplies(HttpStatusCode.OK, "{}");
        await using var wired = new Wired(provider);
        var shopify = wired.Get<ShopifyClient>();
        var from = new DateTimeOffset(2026, 1, 1, 1, 0, 0, TimeSpan.FromHours(1));

        await Assert.ThrowsAnyAsync<IntegrationException>(() => shopify.ListOrdersAsync(
            new(OrderStatus.Closed, FinancialStatus.PartiallyRefunded, FulfillmentStatus.OnHold, from, from.AddDays(1), from), null, 5, Cancellation));
        await Assert.ThrowsAnyAsync<IntegrationException>(() => shopify.ListProductsAsync(new(ProductStatus.Draft, @"O'Neill \ mug", from), null, 5, Cancellation));
        await Assert.ThrowsAnyAsync<IntegrationException>(() => shopify.ListInventoryAsync("A-1 OR sku:*", null, 5, Cancellation));

        Assert.Equal(
            [
                "status:closed financial_status:partially_refunded fulfillment_status:on_hold created_at:>='2026-01-01T00:00:00Z' created_at:<='2026-01-02T00:00:00Z' updated_at:>='2026-01-01T00:00:00Z'",
                @"status:draft 'O\'Neill \\ mug' updated_at:>='2026-01-01T00:00:00Z'",
                "sku:'A-1 OR sku:*'",
            ],
            provider.Requests.Select(request => JsonDocument.Parse(request.Body).RootElement.GetProperty("variables").GetProperty("query").GetString()));
    }

    [Fact]
    public async Task Levels_beyond_the_first_few_are_fetched_too()
    {
        var item = $$"""
            {"id":"gid://shopify/InventoryItem/1","sku":"A","tracked":true,"updatedAt":"2026-02-01T10:00:00Z","variant":{"id":"gid://shopify/ProductVariant/1","displayName":"Mug"},
             "inventoryLevels":{"nodes":[{{ShopifyReplies.Level(1)}}],"pageInfo":{"hasNextPage":true,"endCursor":"level-1"} } }
            """;
        var provider = new StubProvider()
            .Replies(HttpStatusCode.OK, $$$"""{"data":{"inventoryItems":{"nodes":[{{{item}}}],"pageInfo":{{{ShopifyReplies.LastPage}}} } } }""")
            .Replies(HttpStatusCode.OK, $$$"""{"data":{"inventoryItem":{"inventoryLevels":{"nodes":[{{{ShopifyReplies.Level(2)}}}],"pageInfo":{{{ShopifyReplies.LastPage}}} } } } }""");
        await using var wired = new Wired(provider);

        var page = await wired.Get<ShopifyClient>().ListInventoryAsync(null, null, 50, Cancellation);

        Assert.Equal([("L1", 1, 2), ("L2", 2, 3)], Assert.Single(page.Items).Levels.Select(level => (level.Location, level.Available, level.OnHand)));
        Assert.Contains("\"after\":\"level-1\"", provider.Requests[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_order_is_null_and_a_known_one_has_its_lines()
    {
        const string line = """{"id":"l","title":"Mug","sku":null,"currentQuantity":2,"originalUnitPriceSet":{"shopMoney":{"amount":"24.0","currencyCode":"EUR"}},"variant":null}""";
        var order = ShopifyReplies.Order.TrimEnd()[..^1];
        var provider = new StubProvider()
            .Replies(HttpStatusCode.OK, """{"data":{"order":null}}""")
            .Replies(HttpStatusCode.OK, $$$"""{"data":{"order":{{{order}}},"lineItems":{"nodes":[{{{line}}}],"pageInfo":{{{ShopifyReplies.LastPage}}} } } } }""");
        await using var wired = new Wired(provider);
        var shopify = wired.Get<ShopifyClient>();

        var unknown = await shopify.GetOrderAsync("gid://shopify/Order/9", Cancellation);
        var known = await shopify.GetOrderAsync("gid://shopify/Order/1", Cancellation);

        Assert.Null(unknown);
        Assert.Equal(("#1001", new OrderLine("l", "Mug", null, null, 2, new(24m, "EUR"))), (known!.Order.Name, Assert.Single(known.Lines)));
    }

    [Theory]
    [InlineData("""{"data":{"orders":{"nodes":[null],"pageInfo":{"hasNextPage":false,"endCursor":null}}}}""")]
    [InlineData("""{"data":{"orders":{"nodes":[],"pageInfo":{"hasNextPage":true,"endCursor":null}}}}""")]
    [InlineData("""{"data":{"orders":{"nodes":[]}}}""")]
    [InlineData("""{"data":{"orders":null}}""")]
    [InlineData("""{"data":null}""")]
    public async Task A_page_with_gaps_is_refused(string body)
    {
        await using var wired = new Wired(new StubProvider().Replies(HttpStatusCode.OK, body));

        var failure = await Assert.ThrowsAnyAsync<IntegrationException>(() => wired.Get<ShopifyClient>().ListOrdersAsync(new(), null, 10, Cancellation));

        Assert.Equal(IntegrationCodes.UnexpectedReply, failure.Code);
    }
}
