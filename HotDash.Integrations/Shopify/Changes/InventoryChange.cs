using System.Globalization;
using System.Text.Json.Nodes;

namespace HotDash.Integrations.Shopify.Changes;

/// <summary>Stock at one location: set (<c>to</c>), or more or less of it (<c>delta</c>).</summary>
public sealed class InventoryChange(string locationId, IReadOnlyList<InventoryChange.StockItem> items, string name = "available", string reason = "correction") : ShopChange
{
    private const int MaxItems = 50;
    private const int MaxQuantity = 1_000_000_000;

    public string LocationId => locationId;

    /// <summary><c>available</c>, or <c>on_hand</c>, which can only be set.</summary>
    public string Name => name;

    /// <summary>One of Shopify's: https://shopify.dev/docs/apps/build/orders-fulfillment/inventory-management-apps/manage-quantities-states#set-inventory-quantities-on-hand</summary>
    public string Reason => reason;

    public IReadOnlyList<StockItem> Items => items;

    public override string Kind => GuardedKinds.CommerceInventory;

    public override string Target => LocationId;

    internal override bool IsKeyed => true;

    internal override ShopifyOperation Operation => Sets ? ShopifyOperation.SetInventory : ShopifyOperation.AdjustInventory;

    internal override IReadOnlyList<ChangeLine> Lines => [.. Items.Select(item => new ChangeLine(item.InventoryItemId, item.Label, Text(item.From), Text(item.To ?? item.From + item.Delta) ?? ""))];

    internal override JsonObject Variables => new()
    {
        ["name"] = Name,
        ["reason"] = Reason,
        [Sets ? "quantities" : "changes"] = new JsonArray([.. Items.Select(item => new JsonObject
        {
            ["inventoryItemId"] = item.InventoryItemId,
            ["locationId"] = LocationId,
            [Sets ? "quantity" : "delta"] = Sets ? item.To : item.Delta,
            ["changeFromQuantity"] = item.From,
        })]),
    };

    private bool Sets => Items.All(item => item.To is not null);

    internal override IEnumerable<ContentProblem> Problems()
    {
        if (!ShopifyIds.Is(LocationId, "Location"))
            yield return new("locationId", ShopifyIds.Rule("Location"));
        if (Name is not ("available" or "on_hand"))
            yield return new("name", "must be available or on_hand.");
        if (Reason is not { Length: > 0 and <= 60 } || !Reason.All(letter => char.IsAsciiLetterLower(letter) || letter is '_'))
            yield return new("reason", "must be one of Shopify's, such as correction, cycle_count_available, damaged, received or restock.");
        foreach (var problem in ItemList.Problems(Items, MaxItems, item => item.InventoryItemId, "inventoryItemId", "InventoryItem"))
            yield return problem;

        foreach (var (place, item) in Items.Index())
        {
            if (item.To is null == item.Delta is null || item.To is not null != Sets)
                yield return new($"items[{place}]", "must have to (how many there shall be) or delta (how many more or less), all items the same of them.");
            else if (item.Delta is not null && Name is not "available")
                yield return new($"items[{place}].delta", "is for available alone: on_hand is set with to.");
            else if (item.To is < 0 or > MaxQuantity || item.Delta is 0 or > MaxQuantity or < -MaxQuantity)
                yield return new($"items[{place}].{(Sets ? "to" : "delta")}", Sets ? "must be 0 to 1000000000." : "must be -1000000000 to 1000000000, and not 0.");
        }
    }

    internal override async Task<ShopChange> ReadAsync(ShopifyClient shopify, CancellationToken ct)
    {
        var found = await shopify.ReadAsync(
            ShopifyOperation.Stock, new(Ids: [.. Items.Select(item => item.InventoryItemId)], LocationId: LocationId, Names: [Name]), ShopifyJson.Default.ReplyNodesDataStockNode,
            data => ItemList.OneEach(Items, data.Nodes), ct);
        var levels = ItemList.Found(found, node => node?.InventoryLevel?.QuantityOf(Name) is not null, "inventoryItemId", "is not stocked at this location.");

        return new InventoryChange(
            LocationId,
            [.. Items.Zip(levels, (item, node) => item with { From = node.InventoryLevel!.QuantityOf(Name), Label = $"{node.Sku ?? "no SKU"} at {node.InventoryLevel.Location.Name}" })],
            Name, Reason);
    }

    private static string? Text(int? quantity) => quantity?.ToString(CultureInfo.InvariantCulture);

    /// <param name="From">How many were there when it was asked for.</param>
    /// <param name="To">How many there shall be.</param>
    /// <param name="Delta">How many more, or less.</param>
    public sealed record StockItem(string InventoryItemId, string? Label = null, int? From = null, int? To = null, int? Delta = null);
}
