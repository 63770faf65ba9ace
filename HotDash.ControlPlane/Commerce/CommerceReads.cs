using System.Globalization;
using HotDash.ControlPlane.Reads;
using HotDash.Integrations.Shopify;

namespace HotDash.ControlPlane.Commerce;

/// <summary>Orders, products and stock: from Shopify, else its last good answer, else examples.</summary>
public sealed class CommerceReads
{
    /// <summary>What a caller gets who names no limit; also what the pollers keep.</summary>
    public const int DefaultLimit = 50;

    private readonly ShopifyClient _shopify;
    private readonly ShopifyOptions _options;
    private readonly ReadChain _chain;

    internal CommerceReads(ShopifyClient shopify, ShopifyOptions options, ReadChain chain) => (_shopify, _options, _chain) = (shopify, options, chain);

    /// <returns>Null when the cursor belongs to another source than the one that answers now.</returns>
    public Task<Answer<ShopifyPage<Order>>?> ListOrdersAsync(OrderQuery query, CancellationToken ct) => AnswerAsync(Orders(query), query.After, ct);

    /// <returns>Null when the cursor belongs to another source than the one that answers now.</returns>
    public Task<Answer<ShopifyPage<Product>>?> ListProductsAsync(ProductQuery query, CancellationToken ct) => AnswerAsync(
        new Read<ShopifyPage<Product>>
        {
            Live = token => _shopify.ListProductsAsync(query.Filter, Live(query.After), query.Limit, token),
            Mock = () => MockCommerce.Products(query),
            SnapshotKey = SnapshotKey("products", query.Filter == new ProductFilter(), query.After, query.Limit),
        },
        query.After, ct);

    /// <returns>Null when the cursor belongs to another source than the one that answers now.</returns>
    public Task<Answer<ShopifyPage<InventoryItem>>?> ListInventoryAsync(InventoryQuery query, CancellationToken ct) => AnswerAsync(Inventory(query), query.After, ct);

    /// <summary>Keeps the newest orders for when Shopify is away.</summary>
    public Task KeepOrdersAsync(CancellationToken ct) => _chain.RefreshAsync(_options, Orders(new(new(), null, DefaultLimit)), ct);

    /// <summary>Keeps the first page of the stock for when Shopify is away.</summary>
    public Task KeepInventoryAsync(CancellationToken ct) => _chain.RefreshAsync(_options, Inventory(new(null, null, DefaultLimit)), ct);

    private Read<ShopifyPage<Order>> Orders(OrderQuery query) => new()
    {
        Live = ct => _shopify.ListOrdersAsync(query.Filter, Live(query.After), query.Limit, ct),
        Mock = () => MockCommerce.Orders(query),
        SnapshotKey = SnapshotKey("orders", query.Filter == new OrderFilter(), query.After, query.Limit),
    };

    private Read<ShopifyPage<InventoryItem>> Inventory(InventoryQuery query) => new()
    {
        Live = ct => _shopify.ListInventoryAsync(query.Sku, Live(query.After), query.Limit, ct),
        Mock = () => MockCommerce.Inventory(query),
        SnapshotKey = SnapshotKey("inventory", query.Sku is null, query.After, query.Limit),
    };

    private async Task<Answer<ShopifyPage<T>>?> AnswerAsync<T>(Read<ShopifyPage<T>> read, CommerceCursor? after, CancellationToken ct)
    {
        var answer = await _chain.AnswerAsync(_options, read, ct);
        if (after is not null && after.Source != answer.Source)
            return null;

        // What follows the first page is not kept, so a snapshot leads nowhere.
        return answer.Source == Sources.Snapshot ? answer with { Value = answer.Value with { Next = null } } : answer;
    }

    /// <summary>A position among the examples is none of Shopify's.</summary>
    private string? Live(CommerceCursor? after) => after?.Source == _options.Source ? after.Position : null;

    /// <summary>First pages of everything: 100 of each kind. Filters and times would have no end.</summary>
    private static string? SnapshotKey(string kind, bool everything, CommerceCursor? after, int limit) =>
        everything && after is null ? string.Create(CultureInfo.InvariantCulture, $"commerce/{kind}/v1/{limit}") : null;
}
