using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Shopify;

/// <summary>How many of an item there are at a location.</summary>
internal static class Stock
{
    /// <summary>What changes of stock change: what is available is on hand, too.</summary>
    public static IReadOnlyList<string> Moved { get; } = ["available", "on_hand"];

    public static JsonObject? Find(this IEnumerable<JsonObject> things, string? id) => things.FirstOrDefault(thing => thing["id"]!.GetValue<string>() == id);

    public static JsonObject? LevelOf(JsonObject item, string location) =>
        item["inventoryLevels"]!.AsArray().Select(level => level!.AsObject()).FirstOrDefault(level => level["location"]!["id"]!.GetValue<string>() == location);

    public static int Quantity(JsonObject level, string name) => Entry(level, name).GetValue<int>();

    /// <summary>Variant and product show the sum of all locations.</summary>
    public static void Restock(this ShopSeed seed, JsonObject item, JsonObject level, int delta)
    {
        foreach (var name in Moved)
            Entry(level, name).ReplaceWith(Quantity(level, name) + delta);

        var variant = seed.Variants.Find(item["variant"]!["id"]!.GetValue<string>())!;
        var quantity = variant["inventoryQuantity"]!.GetValue<int>() + delta;
        foreach (var shown in new[] { variant, item["variant"]!.AsObject() })
            (shown["inventoryQuantity"], shown["availableForSale"]) = (quantity, quantity > 0);

        var product = seed.Products.Find(variant["product"]!["id"]!.GetValue<string>())!;
        product["totalInventory"] = product["totalInventory"]!.GetValue<int>() + delta;
    }

    private static JsonNode Entry(JsonObject level, string name) => level["quantities"]!.AsArray().Single(quantity => quantity!["name"]!.GetValue<string>() == name)!["quantity"]!;
}
