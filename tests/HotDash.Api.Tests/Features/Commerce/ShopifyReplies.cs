using System.Net;
using HotDash.TestKit;

namespace HotDash.Api.Tests.Features.Commerce;

/// <summary>What Shopify answers to the calls behind the lists.</summary>
internal static class ShopifyReplies
{
    /// <summary>Answers whatever is read, so many times.</summary>
    public static void RepliesToAll(this StubProvider shopify, int times)
    {
        for (var time = 0; time < times; time++)
        {
            shopify.Replies(async (request, ct) => new(HttpStatusCode.OK)
            {
                Content = new StringContent(AnswerTo(await request.Content!.ReadAsStringAsync(ct)), System.Text.Encoding.UTF8, "application/json"),
            });
        }
    }

    public static StubProvider RepliesOrders(this StubProvider shopify, string name = "#1001", string? next = null) => shopify.Replies(HttpStatusCode.OK, Orders(name, next));

    public static StubProvider RepliesStock(this StubProvider shopify, int available) => shopify.Replies(HttpStatusCode.OK, Stock(available));

    public static StubProvider RepliesPrices(this StubProvider shopify) => shopify.Replies(HttpStatusCode.OK, Prices);

    public static StubProvider RepliesMetafields(this StubProvider shopify) => shopify.Replies(HttpStatusCode.OK, Metafields);

    private static string AnswerTo(string query) => query switch
    {
        _ when query.Contains("InventoryItem", StringComparison.Ordinal) => Stock(5),
        _ when query.Contains("HasMetafields", StringComparison.Ordinal) => Metafields,
        _ when query.Contains("ProductVariant", StringComparison.Ordinal) => Prices,
        _ when query.Contains("myshopifyDomain", StringComparison.Ordinal) => """{"data":{"shop":{"id":"1","name":"Mugs","myshopifyDomain":"winter-mugs.myshopify.com","currencyCode":"EUR","ianaTimezone":"UTC"}}}""",
        _ => Orders("#1001", null),
    };

    private const string Prices = """{"data":{"nodes":[{"displayName":"Mug","sku":"MUG","price":"10.00","compareAtPrice":null,"product":{"id":"gid://shopify/Product/1"}}]}}""";

    private const string Metafields = """{"data":{"node":{"metafields":{"nodes":[{"namespace":"shop","key":"shop.colour","type":"single_line_text_field","value":"blue","compareDigest":"abc"}]}}}}""";

    private static string Stock(int available) =>
        $$$"""{"data":{"nodes":[{"sku":"MUG","inventoryLevel":{"location":{"name":"Warehouse"},"quantities":[{"name":"available","quantity":{{{available}}} }] } }] } }""";

    private static string Orders(string name, string? next) =>
        $$$"""
        {"data":{"orders":{"nodes":[
          {"id":"gid://shopify/Order/1","name":"{{{name}}}","createdAt":"2026-11-01T10:00:00Z","updatedAt":"2026-11-01T10:00:00Z","cancelledAt":null,"closedAt":null,
           "displayFinancialStatus":"PAID","displayFulfillmentStatus":"UNFULFILLED","currentSubtotalLineItemsQuantity":1,"test":false,
           "currentTotalPriceSet":{"shopMoney":{"amount":"12.50","currencyCode":"EUR"} } }],
          "pageInfo":{{{Page(next)}}} } } }
        """;

    public static StubProvider Throttles(this StubProvider shopify) => shopify.Replies(HttpStatusCode.OK, """{"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}]}""");

    private static string Page(string? next) => next is null ? """{"hasNextPage":false,"endCursor":null}""" : $$"""{"hasNextPage":true,"endCursor":"{{next}}"}""";
}
