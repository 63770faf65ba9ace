namespace HotDash.Sandbox.Tests.Shopify;

/// <summary>The mutations, with all that the stand-in answers.</summary>
internal static class Mutations
{
    private const string Group = "inventoryAdjustmentGroup { id createdAt reason referenceDocumentUri changes { name delta quantityAfterChange ledgerDocumentUri item { id sku } location { id name } } }";
    private const string Errors = "userErrors { field message code }";

    public const string Variants =
        $"mutation V($product: ID!, $variants: [ProductVariantsBulkInput!]!, $partly: Boolean) {{ productVariantsBulkUpdate(productId: $product, variants: $variants, allowPartialUpdates: $partly) {{ product {{ id title }} productVariants {{ id price compareAtPrice updatedAt }} {Errors} }} }}";

    public const string Metafields =
        "mutation M($metafields: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $metafields) { metafields { id ownerType namespace key type value compareDigest createdAt updatedAt } userErrors { field message code elementIndex } } }";

    public static string Adjust(string directive) =>
        $"mutation A($input: InventoryAdjustQuantitiesInput!) {{ inventoryAdjustQuantities(input: $input) {directive} {{ {Group} {Errors} }} }}";

    public static string Set(string directive) =>
        $"mutation S($input: InventorySetQuantitiesInput!) {{ inventorySetQuantities(input: $input) {directive} {{ {Group} {Errors} }} }}";
}
