using System.Text.Json;
using System.Text.Json.Nodes;
using HotDash.Integrations.Shopify.Changes;

namespace HotDash.Integrations.Shopify.Parity;

/// <summary>Compares all that HotDash asks of the shop, and sends to it, with the schema of the version that it is configured for.</summary>
public sealed class ShopifyParity(ShopifyClient shopify, ShopifyOptions options)
{
    /// <summary>What our answers to Shopify's refusals hang on.</summary>
    private static readonly string[] OfKeys = ["CHANGE_FROM_QUANTITY_STALE", "IDEMPOTENCY_CONCURRENT_REQUEST", "IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED"];

    /// <summary>One of each, with every field that is ever sent.</summary>
    private static readonly ShopChange[] Changes =
    [
        new InventoryChange("", [new("", From: 0, To: 1)]),
        new InventoryChange("", [new("", From: 0, Delta: 1)]),
        new PriceChange("", [new("", From: new(1))]),
        new MetafieldChange("", [new("", "", "")]),
    ];

    /// <exception cref="IntegrationException">The shop could not be asked.</exception>
    public async Task<ParityReport> CheckAsync(CancellationToken ct)
    {
        var roots = await shopify.ReadAsync(ShopifyOperation.Schema, new(), ShopifyJson.Default.ReplySchemaData, data => data.Schema, ct);
        var known = new Dictionary<string, SchemaType?>(StringComparer.Ordinal);

        return await CompareAsync(options.ApiVersion, roots, async name => known.TryGetValue(name, out var type) ? type : known[name] = await TypeAsync(name, ct));
    }

    internal static async Task<ParityReport> CompareAsync(string version, SchemaRoots roots, Func<string, Task<SchemaType?>> findAsync)
    {
        var walk = new ParityWalk(roots, findAsync);
        foreach (var operation in ShopifyOperation.All)
            await walk.DocumentAsync(operation.Name, GraphReader.Read(operation.Document), ExamplesOf(operation));

        await walk.EnumAsync(ShopifyOperation.Products.Name, "ProductStatus", Words<ProductStatus>(), all: true);
        await walk.EnumAsync(ShopifyOperation.Orders.Name, "OrderDisplayFinancialStatus", Words<FinancialStatus>(), all: true);
        await walk.EnumAsync(ShopifyOperation.SetInventory.Name, "InventorySetQuantitiesUserErrorCode", OfKeys, all: false);
        await walk.EnumAsync(ShopifyOperation.AdjustInventory.Name, "InventoryAdjustQuantitiesUserErrorCode", OfKeys, all: false);
        await walk.EnumAsync(ShopifyOperation.SetMetafields.Name, "MetafieldsSetUserErrorCode", ["STALE_OBJECT"], all: false);
        return new(version, ShopifyOperation.All.Count, walk.Compared, walk.Findings);
    }

    private Task<SchemaType?> TypeAsync(string name, CancellationToken ct) =>
        shopify.ReadAsync(ShopifyOperation.SchemaType, new(Name: name), ShopifyJson.Default.ReplyTypeData, data => data.Type, ct);

    private static Dictionary<string, GraphValue> ExamplesOf(ShopifyOperation operation) =>
        Changes.FirstOrDefault(change => change.Operation == operation)?.Variables.ToDictionary(variable => variable.Key, variable => ValueOf(variable.Value), StringComparer.Ordinal) ?? [];

    private static GraphValue ValueOf(JsonNode? value) => value switch
    {
        JsonObject input => new GraphValue.Input([.. input.Select(field => new GraphArgument(field.Key, ValueOf(field.Value)))]),
        JsonArray list => new GraphValue.List([.. list.Select(ValueOf)]),
        _ => new GraphValue.Scalar(),
    };

    private static IReadOnlyList<string> Words<T>()
        where T : struct, Enum => [.. Enum.GetNames<T>().Select(JsonNamingPolicy.SnakeCaseUpper.ConvertName)];
}
