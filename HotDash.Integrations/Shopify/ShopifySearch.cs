using System.Globalization;

namespace HotDash.Integrations.Shopify;

/// <summary>Filters in Shopify's own notation, where terms beside each other must all hold. https://shopify.dev/docs/api/usage/search-syntax</summary>
internal static class ShopifySearch
{
    public static string? Of(OrderFilter filter) => Terms(
        Term("status", filter.Status?.ToSnakeCase()),
        Term("financial_status", filter.Financial?.ToSnakeCase()),
        Term("fulfillment_status", filter.Fulfillment?.ToSnakeCase()),
        filter.From is { } from ? $"created_at:>={Quoted(Time(from))}" : null,
        filter.To is { } to ? $"created_at:<={Quoted(Time(to))}" : null,
        Updated(filter.UpdatedSince));

    public static string? Of(ProductFilter filter) => Terms(Term("status", filter.Status?.ToSnakeCase()), filter.Text is { } text ? Quoted(text) : null, Updated(filter.UpdatedSince));

    public static string? Sku(string? sku) => Terms(sku is null ? null : $"sku:{Quoted(sku)}");

    private static string? Updated(DateTimeOffset? since) => since is { } time ? $"updated_at:>={Quoted(Time(time))}" : null;

    private static string? Terms(params IEnumerable<string?> terms) =>
        string.Join(' ', terms.Where(term => term is not null)) is { Length: > 0 } search ? search : null;

    private static string? Term(string field, string? word) => word is null ? null : $"{field}:{word}";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Quoted(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
