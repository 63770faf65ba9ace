using HotDash.ControlPlane.Reads;
using HotDash.Integrations;
using HotDash.Integrations.Shopify;

namespace HotDash.ControlPlane.Commerce;

/// <summary>Filters and pages the fixtures as Shopify does its lists, so that a client cannot tell them apart.</summary>
internal static class MockCommerce
{
    public static ShopifyPage<Order> Orders(OrderQuery query) => Page(
        ShopifyMock.Orders.Where(order => Matches(order, query.Filter)), order => order.Id, query.After, query.Limit);

    public static ShopifyPage<Product> Products(ProductQuery query) => Page(
        ShopifyMock.Products.Where(product => Is(product.Status, query.Filter.Status) && Holds(product, query.Filter.Text)),
        product => product.Id, query.After, query.Limit);

    public static ShopifyPage<InventoryItem> Inventory(InventoryQuery query) => Page(
        ShopifyMock.Inventory.Where(item => query.Sku is null || string.Equals(item.Sku, query.Sku, StringComparison.OrdinalIgnoreCase)),
        item => item.Id, query.After, query.Limit);

    private static bool Matches(Order order, OrderFilter filter) =>
        (filter.Status is null || order.Status == filter.Status)
        && Is(order.FinancialStatus, filter.Financial)
        && (filter.Fulfillment is FulfillmentStatus.Partial ? order.FulfillmentStatus is "partially_fulfilled" : Is(order.FulfillmentStatus, filter.Fulfillment))
        && (filter.From is null || order.CreatedAt >= filter.From)
        && (filter.To is null || order.CreatedAt <= filter.To);

    private static bool Holds(Product product, string? text) =>
        text is null || product.Title.Contains(text, StringComparison.OrdinalIgnoreCase) || product.Vendor.Contains(text, StringComparison.OrdinalIgnoreCase);

    private static bool Is<T>(string? word, T? wanted) where T : struct, Enum =>
        wanted is not { } value || word == value.ToSnakeCase();

    private static ShopifyPage<T> Page<T>(IEnumerable<T> matching, Func<T, string> id, CommerceCursor? after, int limit)
    {
        var rest = after is { Source: Sources.Mock } ? matching.SkipWhile(item => id(item) != after.Position).Skip(1).ToList() : matching.ToList();
        var items = rest.Take(limit).ToList();

        return new(items, rest.Count > items.Count ? id(items[^1]) : null);
    }
}
