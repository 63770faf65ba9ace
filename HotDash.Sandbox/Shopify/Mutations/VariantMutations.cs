using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

using HotDash.Sandbox.Ledger;

namespace HotDash.Sandbox.Shopify.Mutations;

/// <summary>Changes of a product's variants, as far as the stand-in's have fields for: prices.</summary>
internal sealed class VariantMutations(ShopSeed seed, EffectLedger ledger, TimeProvider clock)
{
    /// <summary><c>productVariantsBulkUpdate</c>: one bad variant fails all, unless the others may go ahead.</summary>
    public JsonObject Update(Mutation mutation)
    {
        var variants = mutation.Read<IReadOnlyList<VariantInput>>("variants");
        if (seed.Products.Find(mutation.Read<string>("productId")) is not { } product)
            return mutation.Payload([new("PRODUCT_DOES_NOT_EXIST", "Product does not exist", "productId")], ("product", null), ("productVariants", null));

        var errors = variants.Index().SelectMany(variant => Check(product, variant.Index, variant.Item)).ToList();
        var partly = mutation.Field.Arguments.GetValueOrDefault("allowPartialUpdates") is JsonValue allowed && allowed.GetValue<bool>();
        var good = variants.Index().Where(variant => errors is [] || (partly && !errors.Exists(error => error.Field[1] == $"{variant.Index}"))).Select(variant => variant.Item);
        List<JsonNode> changed = [.. good.Select(variant => Change(mutation, variant).DeepClone())];

        return mutation.Payload(errors, ("product", product.DeepClone()), ("productVariants", changed is [] && errors is not [] ? null : new JsonArray([.. changed])));
    }

    private IEnumerable<UserError> Check(JsonObject product, int index, VariantInput input)
    {
        UserError Error(string code, string message, string field) => new(code, message, "variants", $"{index}", field);
        if (input.Id is null)
            yield return Error("PRODUCT_VARIANT_ID_MISSING", "Product variant is missing ID attribute", "id");
        else if (seed.Variants.Find(input.Id)?["product"]!["id"]!.GetValue<string>() != product["id"]!.GetValue<string>())
            yield return Error("PRODUCT_VARIANT_DOES_NOT_EXIST", "Product variant does not exist", "id");
        if (Amount(input.Price) is < 0)
            yield return Error("GREATER_THAN_OR_EQUAL_TO", "Price must be greater than or equal to 0", "price");
        if (input.InventoryQuantities.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
            yield return Error("NO_INVENTORY_QUANTITIES_ON_VARIANTS_UPDATE", "Inventory quantities can only be provided during create.", "inventoryQuantities");
    }

    private JsonObject Change(Mutation mutation, VariantInput input)
    {
        var variant = seed.Variants.Find(input.Id)!;
        if (Amount(input.Price) is { } price)
            variant["price"] = Write(price);
        if (input.CompareAtPrice.ValueKind is not JsonValueKind.Undefined)
            variant["compareAtPrice"] = Amount(input.CompareAtPrice) is { } before ? Write(before) : null;
        variant["updatedAt"] = Times.Write(clock);

        ledger.Add("shopify", clock.GetUtcNow(), "variant.updated", new()
        {
            ["id"] = input.Id,
            ["price"] = variant["price"]!.DeepClone(),
            ["compareAtPrice"] = variant["compareAtPrice"]?.DeepClone(),
        }, mutation.TraceParent);
        return variant;
    }

    /// <summary>Money comes as text, or as a number.</summary>
    private static decimal? Amount(JsonElement money) => money.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null
        ? null
        : decimal.TryParse(money.ToString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var amount) ? amount : -1;

    private static string Write(decimal amount) => amount.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>An element tells "not sent" (undefined) from "sent as null".</summary>
    private sealed record VariantInput(string? Id = null, JsonElement Price = default, JsonElement CompareAtPrice = default, JsonElement InventoryQuantities = default);
}
