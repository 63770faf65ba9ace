namespace HotDash.Integrations.Shopify;

/// <summary>A topic has two names: <c>orders/create</c> in deliveries, <c>ORDERS_CREATE</c> in the schema.</summary>
internal static class ShopifyTopics
{
    public static string ToEnum(string topic) => topic.Replace('/', '_').ToUpperInvariant();

    /// <summary>The action is the last word, but for a few topics that we do not need.</summary>
    public static string OfEnum(string name)
    {
        var words = name.ToLowerInvariant();
        return words.LastIndexOf('_') is > 0 and var at ? $"{words[..at]}/{words[(at + 1)..]}" : words;
    }
}
