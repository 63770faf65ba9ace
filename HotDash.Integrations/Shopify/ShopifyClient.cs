using System.Text.Json.Serialization.Metadata;
using HotDash.Integrations.Shopify.Changes;

namespace HotDash.Integrations.Shopify;

/// <summary>Reads a shop through https://shopify.dev/docs/api/admin-graphql; the queries are in <c>Operations/</c>. Lists are newest first.</summary>
public sealed partial class ShopifyClient(ProviderHttp provider, ShopifyOptions options)
{
    /// <summary>A call takes no more: one query may cost at most 1,000 points.</summary>
    public const int MaxPage = 100;

    /// <summary>Inventory comes with its locations, which makes it dearer: a page is a sixth of what a shop gives in 20 s.</summary>
    public const int MaxInventoryPage = 10;

    /// <summary>Few items have more locations than came with them, and those not many: what is asked for is paid for, there or not.</summary>
    private const int MaxLevelPage = 20;

    private const int MaxPages = 100;

    public Task<Shop> GetShopAsync(CancellationToken ct) =>
        ReadAsync(ShopifyOperation.Shop, new(), ShopifyJson.Default.ReplyShopData, data => data.Shop.ToShop(), ct);

    public Task<ShopifyPage<Order>> ListOrdersAsync(OrderFilter filter, string? after, int limit, CancellationToken ct) => ReadAsync(
        ShopifyOperation.Orders, new(Math.Min(limit, MaxPage), after, ShopifySearch.Of(filter)), ShopifyJson.Default.ReplyOrdersData,
        data => data.Orders.ToPage(node => node.ToOrder()), ct);

    /// <returns>Null when there is no order with this id.</returns>
    public async Task<OrderWithLines?> GetOrderAsync(string id, CancellationToken ct)
    {
        Order? order = null;
        var lines = await AllAsync(async after =>
        {
            var (found, page) = await ReadAsync(
                ShopifyOperation.Order, new(MaxPage, after, Id: id), ShopifyJson.Default.ReplyOrderData, data => OrderPage(data.Order), ct);
            order = found;
            return page;
        });

        return order is null ? null : new(order, lines);
    }

    public Task<ShopifyPage<Product>> ListProductsAsync(ProductFilter filter, string? after, int limit, CancellationToken ct) => ReadAsync(
        ShopifyOperation.Products, new(Math.Min(limit, MaxPage), after, ShopifySearch.Of(filter)), ShopifyJson.Default.ReplyProductsData,
        data => data.Products.ToPage(node => node.ToProduct()), ct);

    public Task<ShopifyPage<ProductVariant>> ListVariantsAsync(string? sku, string? after, int limit, CancellationToken ct) => ReadAsync(
        ShopifyOperation.Variants, new(Math.Min(limit, MaxPage), after, ShopifySearch.Sku(sku)), ShopifyJson.Default.ReplyVariantsData,
        data => data.ProductVariants.ToPage(node => node.ToVariant()), ct);

    /// <summary>Every item with all of its locations; a page holds at most <see cref="MaxInventoryPage"/>.</summary>
    public async Task<ShopifyPage<InventoryItem>> ListInventoryAsync(string? sku, string? after, int limit, CancellationToken ct)
    {
        var page = await ReadAsync(
            ShopifyOperation.Inventory, new(Math.Min(limit, MaxInventoryPage), after, ShopifySearch.Sku(sku)), ShopifyJson.Default.ReplyInventoryData,
            data => data.InventoryItems.ToPage(node => (Node: node, Levels: node.InventoryLevels.ToPage(level => level.ToLevel()))), ct);

        var items = new List<InventoryItem>();
        foreach (var (node, levels) in page.Items)
            items.Add(node.ToItem(levels.Next is null ? levels.Items : [.. levels.Items, .. await LevelsAsync(node.Id, levels.Next, ct)]));

        return new(items, page.Next);
    }

    public Task<IReadOnlyList<Location>> ListLocationsAsync(CancellationToken ct) => AllAsync(after => ReadAsync(
        ShopifyOperation.Locations, new(MaxPage, after), ShopifyJson.Default.ReplyLocationsData, data => data.Locations.ToPage(location => location), ct));

    private Task<IReadOnlyList<InventoryLevel>> LevelsAsync(string id, string behind, CancellationToken ct) => AllAsync(
        after => ReadAsync(
            ShopifyOperation.InventoryLevels, new(MaxLevelPage, after, Id: id), ShopifyJson.Default.ReplyInventoryLevelsData,
            data => data.InventoryItem?.InventoryLevels.ToPage(level => level.ToLevel()) ?? new([], null), ct),
        behind);

    private static (Order?, ShopifyPage<OrderLine>) OrderPage(OrderNode? node) => node switch
    {
        null => (null, new([], null)),
        { LineItems: null } => throw new UnreadableReplyException("the order has no lines"),
        _ => (node.ToOrder(), node.LineItems.ToPage(line => line.ToLine())),
    };

    private static async Task<IReadOnlyList<T>> AllAsync<T>(Func<string?, Task<ShopifyPage<T>>> readAsync, string? after = null)
    {
        var all = new List<T>();
        for (var pages = 0; pages < MaxPages; pages++)
        {
            var page = await readAsync(after);
            all.AddRange(page.Items);
            if ((after = page.Next) is null)
                return all;
        }

        throw new IntegrationException("shopify", IntegrationCodes.UnexpectedReply, "the list does not end", retryable: true);
    }

    /// <summary>Makes a change that was approved.</summary>
    internal async Task<ChangePayload> ChangeAsync(ShopifyOperation operation, ProviderRequest request, CancellationToken ct)
    {
        ShopifyCosts.Remember(request, operation, 1);
        return await provider.ReadAsync(
            operation.Name, request.Costs(Points(operation, 1)), ShopifyJson.Default.ReplyChangeData, reply => reply.Data?.Change ?? throw NoData(), ct);
    }

    internal async Task<T> ReadAsync<TData, T>(
        ShopifyOperation operation, Variables variables, JsonTypeInfo<Reply<TData>> shape, Func<TData, T> read, CancellationToken ct)
        where TData : class
    {
        var size = variables.Size;
        using var request = new ProviderRequest(HttpMethod.Post, options.Endpoint)
        {
            Content = JsonBody.Of(new Query(operation.Document, variables), ShopifyJson.Default.Query),
        };
        ShopifyCosts.Remember(request, operation, size);

        return await provider.ReadAsync(operation.Name, request.Costs(Points(operation, size)), shape, reply => read(reply.Data ?? throw NoData()), ct);
    }

    private static UnreadableReplyException NoData() => new("the reply has no data");

    // What is dearer than the whole limit would never be let through.
    private int Points(ShopifyOperation operation, int size) => Math.Min(options.Costs.Of(operation, size), options.Limit?.Requests ?? int.MaxValue);
}
