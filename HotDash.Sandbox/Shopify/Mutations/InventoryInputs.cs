using System.Text.Json;

namespace HotDash.Sandbox.Shopify.Mutations;

/// <summary>An element tells "not sent" (undefined) from "sent as null".</summary>
internal sealed record InventoryChangeInput(
    string InventoryItemId, string LocationId, int Delta, JsonElement ChangeFromQuantity = default, string? LedgerDocumentUri = null);

internal sealed record AdjustQuantitiesInput(string Name, string Reason, IReadOnlyList<InventoryChangeInput> Changes, string? ReferenceDocumentUri = null);

/// <inheritdoc cref="InventoryChangeInput"/>
internal sealed record InventoryQuantityInput(
    string InventoryItemId, string LocationId, int Quantity, JsonElement ChangeFromQuantity = default, JsonElement CompareQuantity = default);

internal sealed record SetQuantitiesInput(
    string Name, string Reason, IReadOnlyList<InventoryQuantityInput> Quantities, string? ReferenceDocumentUri = null, bool? IgnoreCompareQuantity = null);
