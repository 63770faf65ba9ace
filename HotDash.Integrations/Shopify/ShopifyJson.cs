using System.Text.Json.Serialization;
using HotDash.Integrations.Shopify.Changes;
using HotDash.Integrations.Shopify.Parity;

namespace HotDash.Integrations.Shopify;

/// <summary>Requests, and replies as the documents in <c>Operations/</c> ask for them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Query))]
[JsonSerializable(typeof(IReadOnlyList<GraphError>))]
[JsonSerializable(typeof(ReplyExtensions))]
[JsonSerializable(typeof(Reply<ShopData>))]
[JsonSerializable(typeof(Reply<OrdersData>))]
[JsonSerializable(typeof(Reply<OrderData>))]
[JsonSerializable(typeof(Reply<ProductsData>))]
[JsonSerializable(typeof(Reply<VariantsData>))]
[JsonSerializable(typeof(Reply<InventoryData>))]
[JsonSerializable(typeof(Reply<InventoryLevelsData>))]
[JsonSerializable(typeof(Reply<LocationsData>))]
[JsonSerializable(typeof(Reply<NodesData<StockNode>>))]
[JsonSerializable(typeof(Reply<NodesData<PriceNode>>))]
[JsonSerializable(typeof(Reply<MetafieldsData>))]
[JsonSerializable(typeof(Reply<ChangeData>))]
[JsonSerializable(typeof(Reply<SchemaData>))]
[JsonSerializable(typeof(Reply<TypeData>))]
internal sealed partial class ShopifyJson : JsonSerializerContext;

internal sealed record Query([property: JsonPropertyName("query")] string Document, Variables Variables);

internal sealed record Variables(
    int? First = null, string? After = null, string? Query = null, string? Id = null, IReadOnlyList<string>? Ids = null, string? LocationId = null,
    IReadOnlyList<string>? Names = null, IReadOnlyList<string>? Keys = null, string? Name = null)
{
    /// <summary>How many things it may answer with.</summary>
    [JsonIgnore]
    public int Size => First ?? Ids?.Count ?? 1;
}

internal sealed record Reply<T>(T? Data)
    where T : class;

internal sealed record Connection<T>(IReadOnlyList<T?> Nodes, PageInfo PageInfo)
    where T : class
{
    /// <exception cref="UnreadableReplyException">A node is missing, or where the next page begins.</exception>
    public ShopifyPage<TItem> ToPage<TItem>(Func<T, TItem> read) => (Nodes.Contains(null), PageInfo) switch
    {
        (true, _) => throw new UnreadableReplyException("the reply has a node that is null"),
        (_, { HasNextPage: true, EndCursor: null }) => throw new UnreadableReplyException("the reply does not say where the next page begins"),
        _ => new([.. Nodes.Select(node => read(node!))], PageInfo.HasNextPage ? PageInfo.EndCursor : null),
    };
}

internal sealed record PageInfo(bool HasNextPage, string? EndCursor);

internal sealed record ShopData(ShopNode Shop);

internal sealed record ShopNode(string Id, string Name, string MyshopifyDomain, string CurrencyCode, string IanaTimezone)
{
    public Shop ToShop() => new(Id, Name, MyshopifyDomain, CurrencyCode, IanaTimezone);
}

internal sealed record OrdersData(Connection<OrderNode> Orders);

internal sealed record OrderData(OrderNode? Order);

internal sealed record ProductsData(Connection<ProductNode> Products);

internal sealed record VariantsData(Connection<VariantNode> ProductVariants);

internal sealed record InventoryData(Connection<InventoryNode> InventoryItems);

internal sealed record InventoryLevelsData(InventoryLevelsNode? InventoryItem);

internal sealed record LocationsData(Connection<Location> Locations);

internal sealed record NodeId(string Id);
