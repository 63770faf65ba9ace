namespace HotDash.Integrations.Shopify;

/// <summary>Shopify's errors come with 200; here they get the status that says what they mean. https://shopify.dev/docs/api/admin-graphql#status_and_error_codes</summary>
internal static class ShopifyErrors
{
    public static ReplyReading Read(ShopifyMeaning meaning)
    {
        var bucket = meaning.Extensions?.Cost?.Bucket;
        var budget = bucket is null ? (BudgetReading?)null : new(bucket.Available, bucket.Until(bucket.Capacity), meaning.Extensions!.Cost!.Actual);

        return meaning.Errors is null or []
            ? new(200, null, budget)
            : Worst(meaning.Errors) is 429
                ? new(429, bucket?.Until(meaning.Extensions!.Cost!.Requested), budget)
                : new(Worst(meaning.Errors), null, budget);
    }

    // A part of the data may be there beside an error. A part must not pass for all of it.
    private static int Worst(IReadOnlyList<GraphError?> errors) => errors.Select(error => StatusOf(error?.Extensions?.Code)).Max();

    private static int StatusOf(string? code) => code switch
    {
        "THROTTLED" => 429,
        "ACCESS_DENIED" or "SHOP_INACTIVE" => 403,
        "INTERNAL_SERVER_ERROR" => 500,
        _ => 400, // among them MAX_COST_EXCEEDED: the same query will not become cheaper
    };
}
