using System.Text.Json.Serialization;

namespace HotDash.Integrations.Shopify;

internal sealed class ProductNode
{
    [JsonRequired] public string Id { get; init; } = "";
    [JsonRequired] public string Title { get; init; } = "";
    [JsonRequired] public string Handle { get; init; } = "";
    [JsonRequired] public string Status { get; init; } = "";
    [JsonRequired] public string Vendor { get; init; } = "";
    [JsonRequired] public string ProductType { get; init; } = "";
    [JsonRequired] public int TotalInventory { get; init; }
    [JsonRequired] public bool TracksInventory { get; init; }
    [JsonRequired] public DateTimeOffset UpdatedAt { get; init; }
    [JsonRequired] public PriceRange PriceRangeV2 { get; init; } = null!;

    public Product ToProduct() => new(
        Id, Title, Handle, Status.ToLowerInvariant(), Vendor, ProductType, TracksInventory ? TotalInventory : null,
        PriceRangeV2.MinVariantPrice.ToMoney(), PriceRangeV2.MaxVariantPrice.ToMoney(), UpdatedAt);
}

internal sealed record PriceRange(MoneyNode MinVariantPrice, MoneyNode MaxVariantPrice);

internal sealed class VariantNode
{
    [JsonRequired] public string Id { get; init; } = "";
    [JsonRequired] public string Title { get; init; } = "";
    public string? Sku { get; init; }
    [JsonRequired] public decimal Price { get; init; }
    public decimal? CompareAtPrice { get; init; }
    [JsonRequired] public bool AvailableForSale { get; init; }
    public int? InventoryQuantity { get; init; }
    [JsonRequired] public DateTimeOffset UpdatedAt { get; init; }
    [JsonRequired] public NodeId Product { get; init; } = null!;
    [JsonRequired] public NodeId InventoryItem { get; init; } = null!;

    public ProductVariant ToVariant() =>
        new(Id, Product.Id, InventoryItem.Id, Title, Sku, Price, CompareAtPrice, AvailableForSale, InventoryQuantity, UpdatedAt);
}

internal sealed class InventoryNode
{
    [JsonRequired] public string Id { get; init; } = "";
    public string? Sku { get; init; }
    [JsonRequired] public bool Tracked { get; init; }
    [JsonRequired] public DateTimeOffset UpdatedAt { get; init; }
    [JsonRequired] public VariantName Variant { get; init; } = null!;
    [JsonRequired] public Connection<LevelNode> InventoryLevels { get; init; } = null!;

    public InventoryItem ToItem(IReadOnlyList<InventoryLevel> levels) => new(Id, Variant.Id, Variant.DisplayName, Sku, Tracked, levels, UpdatedAt);
}

internal sealed record VariantName(string Id, string DisplayName);

internal sealed record InventoryLevelsNode(Connection<LevelNode> InventoryLevels);

internal sealed record LevelNode(LocationName Location, IReadOnlyList<Quantity?> Quantities)
{
    public InventoryLevel ToLevel() => new(Location.Id, Location.Name, Of("available"), Of("committed"), Of("incoming"), Of("on_hand"));

    private int Of(string name) => Quantities.FirstOrDefault(quantity => quantity?.Name == name)?.Amount
        ?? throw new UnreadableReplyException("the reply lacks a quantity that was asked for");
}

internal sealed record LocationName(string Id, string Name);

internal sealed record Quantity(string Name, [property: JsonPropertyName("quantity")] int Amount);
