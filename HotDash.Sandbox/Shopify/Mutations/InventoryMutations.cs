using System.Text.Json;
using System.Text.Json.Nodes;

using HotDash.Sandbox.Ledger;

namespace HotDash.Sandbox.Shopify.Mutations;

/// <summary>
/// Changes of stock, all or none of a request. Until 2026-01 <c>compareQuantity</c> guards what is set; from 2026-04 on <c>changeFromQuantity</c>
/// guards both mutations, and is always sent (null: whatever is there).
/// </summary>
internal sealed class InventoryMutations(ShopSeed seed, EffectLedger ledger, TimeProvider clock)
{
    private const string Guarded = "2026-04";
    private const int Most = 1_000_000_000;

    private static readonly string[] Reasons =
    [
        "correction", "cycle_count_available", "damaged", "movement_canceled", "movement_created", "movement_received", "movement_updated", "other", "promotion",
        "quality_control", "received", "reservation_created", "reservation_deleted", "reservation_updated", "restock", "safety_stock", "shrinkage",
    ];

    private int _groups;

    /// <summary><c>inventoryAdjustQuantities</c></summary>
    public JsonObject Adjust(Mutation mutation)
    {
        var input = mutation.Read<AdjustQuantitiesInput>("input");
        var changes = input.Changes.Select((change, index) => new StockChange(
            $"{index}", change.InventoryItemId, change.LocationId, now => now + change.Delta, Guard(mutation, "changes", change.ChangeFromQuantity))).ToList();
        var errors = Check("INVALID_QUANTITY_NAME", input.Name is "available", input.Reason, input.ReferenceDocumentUri).ToList();
        errors.AddRange(input.Changes.Index().Where(change => change.Item.LedgerDocumentUri is not null)
            .Select(change => new UserError("INVALID_AVAILABLE_DOCUMENT", "A ledger document URI is not allowed when adjusting available.", "input", "changes", $"{change.Index}", "ledgerDocumentUri")));

        return Apply(mutation, "changes", input.Name, input.Reason, input.ReferenceDocumentUri, changes, errors);
    }

    /// <summary><c>inventorySetQuantities</c></summary>
    public JsonObject Set(Mutation mutation)
    {
        var input = mutation.Read<SetQuantitiesInput>("input");
        var changes = input.Quantities.Select((quantity, index) => new StockChange(
            $"{index}", quantity.InventoryItemId, quantity.LocationId, _ => quantity.Quantity, mutation.IsSince(Guarded)
                ? Guard(mutation, "quantities", quantity.ChangeFromQuantity)
                : Number(quantity.CompareQuantity))).ToList();
        if (mutation.IsSince(Guarded) && (input.IgnoreCompareQuantity is not null || input.Quantities.Any(quantity => quantity.CompareQuantity.ValueKind is not JsonValueKind.Undefined)))
            throw mutation.Invalid("input", "compareQuantity (Field is not defined on InventoryQuantityInput)");

        return Apply(mutation, "quantities", input.Name, input.Reason, input.ReferenceDocumentUri, changes, [.. Check(mutation, input)]);
    }

    private static IEnumerable<UserError> Check(Mutation mutation, SetQuantitiesInput input)
    {
        foreach (var error in Check("INVALID_NAME", input.Name is "available" or "on_hand", input.Reason, input.ReferenceDocumentUri))
            yield return error;
        foreach (var (index, quantity) in input.Quantities.Index())
        {
            if (quantity.Quantity < 0)
                yield return new("INVALID_QUANTITY_NEGATIVE", "The quantity can't be negative.", "input", "quantities", $"{index}", "quantity");
            if (!mutation.IsSince(Guarded) && input.IgnoreCompareQuantity is not true && Number(quantity.CompareQuantity) is null)
                yield return new("COMPARE_QUANTITY_REQUIRED", "The compareQuantity argument must be given or ignored using ignoreCompareQuantity.", "input", "quantities", $"{index}", "compareQuantity");
        }

        if (input.Quantities.DistinctBy(quantity => (quantity.InventoryItemId, quantity.LocationId)).Count() < input.Quantities.Count)
            yield return new("NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR", "The combination of inventoryItemId and locationId must be unique.", "input", "quantities");
    }

    private static IEnumerable<UserError> Check(string badName, bool nameIsKnown, string reason, string? document)
    {
        if (!nameIsKnown)
            yield return new(badName, "The quantity name is invalid.", "input", "name");
        if (!Reasons.Contains(reason, StringComparer.Ordinal))
            yield return new("INVALID_REASON", "The specified reason is invalid.", "input", "reason");
        if (document is not null && !Uri.TryCreate(document, UriKind.Absolute, out _))
            yield return new("INVALID_REFERENCE_DOCUMENT", "The specified reference document is invalid.", "input", "referenceDocumentUri");
    }

    private JsonObject Apply(
        Mutation mutation, string list, string name, string reason, string? document, IReadOnlyList<StockChange> changes, List<UserError> errors)
    {
        if (errors is [])
            errors.AddRange(changes.Select(change => Check(mutation, list, name, change)).OfType<UserError>());
        if (errors is not [])
            return mutation.Payload(errors, ("inventoryAdjustmentGroup", null));

        var group = new JsonObject
        {
            ["__typename"] = "InventoryAdjustmentGroup",
            ["id"] = $"gid://shopify/InventoryAdjustmentGroup/{++_groups}",
            ["createdAt"] = Times.Write(clock),
            ["reason"] = reason,
            ["referenceDocumentUri"] = document,
            ["changes"] = new JsonArray([.. changes.SelectMany(change => Make(mutation, name, reason, change))]),
        };
        return mutation.Payload([], ("inventoryAdjustmentGroup", group));
    }

    private UserError? Check(Mutation mutation, string list, string name, StockChange change)
    {
        UserError Error(string code, string message, string field) => new(code, message, "input", list, change.Index, field);
        if (seed.Inventory.Find(change.Item) is not { } item)
            return Error("INVALID_INVENTORY_ITEM", "The specified inventory item could not be found.", "inventoryItemId");
        if (seed.Places.Find(change.Location) is null)
            return Error("INVALID_LOCATION", "The specified location could not be found.", "locationId");
        if (Stock.LevelOf(item, change.Location) is not { } level)
            return Error(mutation.IsSince("2026-10") ? "INVALID_LOCATION" : "ITEM_NOT_STOCKED_AT_LOCATION", "The inventory item is not stocked at the location.", "locationId");

        var now = Stock.Quantity(level, name);
        if (change.From is { } from && from != now)
        {
            return mutation.IsSince(Guarded)
                ? Error("CHANGE_FROM_QUANTITY_STALE", "The changeFromQuantity argument no longer matches the persisted quantity.", "changeFromQuantity")
                : Error("COMPARE_QUANTITY_STALE", "The compareQuantity value does not match persisted value.", "compareQuantity");
        }

        var field = list is "changes" ? "delta" : "quantity";
        return change.To(now) switch
        {
            > Most => Error("INVALID_QUANTITY_TOO_HIGH", "The quantity can't be higher than 1,000,000,000.", field),
            < -Most => Error("INVALID_QUANTITY_TOO_LOW", "The quantity can't be lower than -1,000,000,000.", field),
            _ => null,
        };
    }

    private IEnumerable<JsonNode> Make(Mutation mutation, string name, string reason, StockChange change)
    {
        var item = seed.Inventory.Find(change.Item)!;
        var level = Stock.LevelOf(item, change.Location)!;
        var delta = (int)(change.To(Stock.Quantity(level, name)) - Stock.Quantity(level, name));
        seed.Restock(item, level, delta);
        ledger.Add("shopify", clock.GetUtcNow(), mutation.Field.Name is "inventorySetQuantities" ? "inventory.set" : "inventory.adjusted", new()
        {
            ["inventoryItemId"] = change.Item,
            ["locationId"] = change.Location,
            ["name"] = name,
            ["delta"] = delta,
            ["quantity"] = Stock.Quantity(level, name),
            ["reason"] = reason,
            ["key"] = mutation.Key,
        }, mutation.TraceParent);

        return [.. Stock.Moved.Select(changed => new JsonObject
        {
            ["__typename"] = "InventoryChange",
            ["name"] = changed,
            ["delta"] = delta,
            ["quantityAfterChange"] = Stock.Quantity(level, changed),
            ["ledgerDocumentUri"] = null,
            ["item"] = item.DeepClone(),
            ["location"] = level["location"]!.DeepClone(),
        })];
    }

    private static int? Guard(Mutation mutation, string list, JsonElement from) => (mutation.IsSince(Guarded), from.ValueKind) switch
    {
        (true, JsonValueKind.Undefined) => throw mutation.Invalid("input", $"{list}.changeFromQuantity (must be sent; null opts out)"),
        (false, not JsonValueKind.Undefined) => throw mutation.Invalid("input", $"{list}.changeFromQuantity (Field is not defined)"),
        _ => Number(from),
    };

    private static int? Number(JsonElement quantity) => quantity.ValueKind is JsonValueKind.Number ? quantity.GetInt32() : null;

    /// <param name="From">What must be there before; null when it does not matter.</param>
    private sealed record StockChange(string Index, string Item, string Location, Func<long, long> To, int? From);
}
