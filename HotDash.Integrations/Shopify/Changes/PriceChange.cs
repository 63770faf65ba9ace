using System.Globalization;
using System.Text.Json.Nodes;

namespace HotDash.Integrations.Shopify.Changes;

/// <summary>Prices of a product's variants, in the shop's currency.</summary>
public sealed class PriceChange(string productId, IReadOnlyList<PriceChange.VariantItem> items, bool allowPartial = false) : ShopChange
{
    private const int MaxItems = 50;
    private const decimal MaxPrice = 999_999_999_999m;

    public string ProductId => productId;

    /// <summary>Whether the others go ahead when Shopify refuses one; else it is all or none.</summary>
    public bool AllowPartial => allowPartial;

    public IReadOnlyList<VariantItem> Items => items;

    public override string Kind => GuardedKinds.CommercePrice;

    public override string Target => ProductId;

    internal override bool IsKeyed => false;

    internal override ShopifyOperation Operation => ShopifyOperation.SetPrices;

    internal override IReadOnlyList<ChangeLine> Lines => [.. Items.Select(item => new ChangeLine(
        item.VariantId, item.Label, item.From?.ToString(), new Prices(item.Price ?? item.From?.Price ?? 0, item.CompareAtPrice ?? item.From?.CompareAtPrice ?? 0).ToString()))];

    internal override JsonObject Variables => new()
    {
        ["product"] = ProductId,
        ["partly"] = AllowPartial,
        ["variants"] = new JsonArray([.. Items.Select(item => new JsonObject
        {
            ["id"] = item.VariantId,
            ["price"] = Text(item.Price ?? item.From!.Price),
            ["compareAtPrice"] = (item.CompareAtPrice ?? item.From!.CompareAtPrice) is > 0 and var before ? Text(before) : null,
        })]),
    };

    internal override IEnumerable<ContentProblem> Problems()
    {
        if (!ShopifyIds.Is(ProductId, "Product"))
            yield return new("productId", ShopifyIds.Rule("Product"));
        foreach (var problem in ItemList.Problems(Items, MaxItems, item => item.VariantId, "variantId", "ProductVariant"))
            yield return problem;

        foreach (var (place, item) in Items.Index())
        {
            if (item.Price is null && item.CompareAtPrice is null)
                yield return new($"items[{place}]", "must have price, compareAtPrice or both.");
            if (item.Price is not (null or (>= 0 and <= MaxPrice)))
                yield return new($"items[{place}].price", "must be 0 or more.");
            if (item.CompareAtPrice is not (null or (>= 0 and <= MaxPrice)))
                yield return new($"items[{place}].compareAtPrice", "must be 0 (there is none) or more.");
        }
    }

    internal override async Task<ShopChange> ReadAsync(ShopifyClient shopify, CancellationToken ct)
    {
        var found = await shopify.ReadAsync(
            ShopifyOperation.Prices, new(Ids: [.. Items.Select(item => item.VariantId)]), ShopifyJson.Default.ReplyNodesDataPriceNode, data => ItemList.OneEach(Items, data.Nodes), ct);
        var variants = ItemList.Found(found, node => node is { Price: not null } && node.Product?.Id == ProductId, "variantId", "is no variant of this product.");

        return new PriceChange(
            ProductId,
            [.. Items.Zip(variants, (item, node) => item with { From = new(node.Price!.Value, node.CompareAtPrice ?? 0), Label = $"{node.DisplayName} ({node.Sku ?? "no SKU"})" })],
            AllowPartial);
    }

    private static string Text(decimal amount) => amount.ToString("0.00##", CultureInfo.InvariantCulture);

    /// <param name="From">What it cost when the change was asked for.</param>
    /// <param name="Price">Null: as it is.</param>
    /// <param name="CompareAtPrice">What is shown as the former price; 0: none, null: as it is.</param>
    public sealed record VariantItem(string VariantId, string? Label = null, Prices? From = null, decimal? Price = null, decimal? CompareAtPrice = null);

    /// <param name="CompareAtPrice">0 when there is none.</param>
    public sealed record Prices(decimal Price, decimal CompareAtPrice = 0)
    {
        public override string ToString() => CompareAtPrice > 0 ? $"{Text(Price)}, before {Text(CompareAtPrice)}" : Text(Price);
    }
}
