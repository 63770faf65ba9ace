using System.Net;
using HotDash.TestKit;

namespace HotDash.Api.Tests.Features.Commerce;

/// <summary>What Shopify answers to the calls behind the lists.</summary>
internal static class ShopifyReplies
{
    public static StubProvider RepliesOrders(this StubProvider shopify, string name = "#1001", string? next = null) => shopify.Replies(HttpStatusCode.OK,
        $$$"""
        {"data":{"orders":{"nodes":[
          {"id":"gid://shopify/Order/1","name":"{{{name}}}","createdAt":"2026-11-01T10:00:00Z","updatedAt":"2026-11-01T10:00:00Z","cancelledAt":null,"closedAt":null,
           "displayFinancialStatus":"PAID","displayFulfillmentStatus":"UNFULFILLED","currentSubtotalLineItemsQuantity":1,"test":false,
           "currentTotalPriceSet":{"shopMoney":{"amount":"12.50","currencyCode":"EUR"} } }],
          "pageInfo":{{{Page(next)}}} } } }
        """);

    public static StubProvider RepliesStock(this StubProvider shopify, int available) => shopify.Replies(HttpStatusCode.OK,
        $$$"""{"data":{"nodes":[{"sku":"MUG","inventoryLevel":{"location":{"name":"Warehouse"},"quantities":[{"name":"available","quantity":{{{available}}} }] } }] } }""");

    public static StubProvider RepliesPrices(this StubProvider shopify) => shopify.Replies(HttpStatusCode.OK,
        """{"data":{"nodes":[{"displayName":"Mug","sku":"MUG","price":"10.00","compareAtPrice":null,"product":{"id":"gid://shopify/Product/1"}}]}}""");

    public static StubProvider RepliesMetafields(this StubProvider shopify) => shopify.Replies(HttpStatusCode.OK,
        """{"data":{"node":{"metafields":{"nodes":[{"namespace":"shop","key":"shop.colour","type":"single_line_text_field","value":"blue","compareDigest":"abc"}]}}}}""");

    public static StubProvider Throttles(this StubProvider shopify) => shopify.Replies(HttpStatusCode.OK, """{"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}]}""");

    private static string Page(string? next) => next is null ? """{"hasNextPage":false,"endCursor":null}""" : $$"""{"hasNextPage":true,"endCursor":"{{next}}"}""";
}
