namespace HotDash.Integrations.Tests.Shopify;

/// <summary>Bodies as Shopify documents them.</summary>
internal static class ShopifyReplies
{
    public const string Order =
        """
        {"id":"gid://shopify/Order/1","name":"#1001","createdAt":"2026-02-01T10:00:00Z","updatedAt":"2026-02-02T10:00:00Z","cancelledAt":null,
         "closedAt":null,"displayFinancialStatus":"PARTIALLY_PAID","displayFulfillmentStatus":"UNFULFILLED","currentSubtotalLineItemsQuantity":3,
         "currentTotalPriceSet":{"shopMoney":{"amount":"48.50","currencyCode":"EUR"}},"test":false}
        """;

    public const string LastPage = """{"hasNextPage":false,"endCursor":null}""";

    public static string Orders(string nodes = Order, string page = LastPage, int requested = 12) =>
        $$$"""{"data":{"orders":{"nodes":[{{{nodes}}}],"pageInfo":{{{page}}} } },"extensions":{{{Cost(requested, $"{requested}", 1900, 100)}}} }""";

    public static string Throttled(int requested, int available, int rate) =>
        $$$"""{"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"} }],"extensions":{{{Cost(requested, "null", available, rate)}}} }""";

    public static string Error(string? code) => code is null
        ? """{"errors":[{"message":"Parse error"}]}"""
        : $$"""{"data":null,"errors":[{"message":"Because","extensions":{"code":"{{code}}"} }]}""";

    public static string Level(int location) =>
        $$"""
        {"location":{"id":"gid://shopify/Location/{{location}}","name":"L{{location}}"},"quantities":[{"name":"available","quantity":{{location}} },
         {"name":"committed","quantity":1},{"name":"incoming","quantity":0},{"name":"on_hand","quantity":{{location + 1}} }]}
        """;

    private static string Cost(int requested, string actual, int available, int rate) =>
        $$$"""{"cost":{"requestedQueryCost":{{{requested}}},"actualQueryCost":{{{actual}}},"throttleStatus":{"maximumAvailable":2000.0,"currentlyAvailable":{{{available}}},"restoreRate":{{{rate}}}.0} } }""";
}
