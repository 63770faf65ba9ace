using System.Net;
using System.Text.Json;
using HotDash.Integrations.Shopify;
using HotDash.TestKit;

namespace HotDash.Integrations.Tests.Shopify;

public sealed class ShopifySubscriptionTests
{
    private static readonly Uri Address = new("https://hotdash.example/webhooks/shopify");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_what_our_own_address_is_told_is_listed_in_the_words_of_deliveries()
    {
        var provider = new StubProvider().Replies(HttpStatusCode.OK, $$$"""
            {"data":{"webhookSubscriptions":{"nodes":[
              {"id":"1","topic":"ORDERS_CREATE","uri":"{{{Address}}}"},{"id":"2","topic":"INVENTORY_LEVELS_UPDATE","uri":"{{{Address}}}"},
              {"id":"3","topic":"APP_UNINSTALLED","uri":"{{{Address}}}"},{"id":"4","topic":"REFUNDS_CREATE","uri":"https://elsewhere.example/"}
            ],"pageInfo":{{{ShopifyReplies.LastPage}}} } } }
            """);
        await using var wired = new Wired(provider);

        var topics = await wired.Get<ShopifyClient>().ListSubscriptionsAsync(Address, Cancellation);

        Assert.Equal(["orders/create", "inventory_levels/update", "app/uninstalled"], topics);
    }

    [Fact]
    public async Task A_subscription_is_asked_for_once_and_a_refusal_is_told_in_our_words()
    {
        var provider = new StubProvider()
            .Replies(HttpStatusCode.OK, """{"data":{"webhookSubscriptionCreate":{"userErrors":[]}}}""")
            .Replies(HttpStatusCode.OK, """{"data":{"webhookSubscriptionCreate":{"userErrors":[{"field":["topic"],"message":"canary"}]}}}""");
        await using var wired = new Wired(provider, Attempts.Several);
        var shopify = wired.Get<ShopifyClient>();

        await shopify.SubscribeAsync("inventory_levels/update", Address, Cancellation);
        var refused = await Assert.ThrowsAsync<IntegrationException>(() => shopify.SubscribeAsync("orders/create", Address, Cancellation));

        Assert.Equal(
            """{"topic":"INVENTORY_LEVELS_UPDATE","subscription":{"uri":"https://hotdash.example/webhooks/shopify"}}""",
            JsonDocument.Parse(provider.Requests[0].Body).RootElement.GetProperty("variables").GetRawText());
        Assert.Equal((IntegrationCodes.Rejected, "the subscription of orders/create was refused"), (refused.Code, refused.Summary));
        Assert.Equal(2, provider.Requests.Count);
    }
}
