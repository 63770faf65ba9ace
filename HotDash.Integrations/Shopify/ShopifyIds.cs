using System.Text.RegularExpressions;

namespace HotDash.Integrations.Shopify;

/// <summary>Global ids: https://shopify.dev/docs/api/usage/gids</summary>
internal static partial class ShopifyIds
{
    public static bool Is(string id, string type) => Gid().Match(id) is { Success: true } match && match.Groups["type"].ValueSpan.SequenceEqual(type);

    public static string Rule(string type) => $"must be Shopify's id, such as gid://shopify/{type}/1234.";

    [GeneratedRegex(@"^gid://shopify/(?<type>[A-Za-z]{1,40})/[0-9]{1,19}\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Gid();
}
