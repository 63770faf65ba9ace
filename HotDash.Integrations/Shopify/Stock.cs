namespace HotDash.Integrations.Shopify;

public enum ProductStatus { Active, Archived, Draft, Unlisted }

/// <param name="Status">Shopify's own word in small letters: <c>active</c>, <c>draft</c>…</param>
/// <param name="Inventory">Of all variants and locations; null when it is not counted.</param>
public sealed record Product(
    string Id,
    string Title,
    string Handle,
    string Status,
    string Vendor,
    string Type,
    int? Inventory,
    Money MinPrice,
    Money MaxPrice,
    DateTimeOffset UpdatedAt);

/// <param name="Text">Looked for in several fields, whatever its case.</param>
public sealed record ProductFilter(ProductStatus? Status = null, string? Text = null, DateTimeOffset? UpdatedSince = null);

/// <summary>Prices are in the shop's currency.</summary>
public sealed record ProductVariant(
    string Id,
    string ProductId,
    string InventoryItemId,
    string Title,
    string? Sku,
    decimal Price,
    decimal? CompareAtPrice,
    bool AvailableForSale,
    int? Inventory,
    DateTimeOffset UpdatedAt);

/// <summary>What is stocked of one variant, location by location.</summary>
public sealed record InventoryItem(
    string Id, string VariantId, string Title, string? Sku, bool Tracked, IReadOnlyList<InventoryLevel> Levels, DateTimeOffset UpdatedAt);

/// <summary>How many pieces of one item a location has.</summary>
public sealed record InventoryLevel(string LocationId, string Location, int Available, int Committed, int Incoming, int OnHand);

public sealed record Location(string Id, string Name, bool IsActive, bool ShipsInventory);

/// <param name="Domain">Ends with <c>.myshopify.com</c>.</param>
public sealed record Shop(string Id, string Name, string Domain, string Currency, string TimeZone);

/// <param name="Next">Where the next page begins; null after the last.</param>
public sealed record ShopifyPage<T>(IReadOnlyList<T> Items, string? Next);
