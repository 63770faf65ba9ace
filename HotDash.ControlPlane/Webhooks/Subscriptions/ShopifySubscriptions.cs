using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using HotDash.Integrations;
using HotDash.Integrations.Shopify;
using Microsoft.Extensions.Logging;

namespace HotDash.ControlPlane.Webhooks.Subscriptions;

/// <summary>Shopify drops the subscription of an address that failed for hours. Stock is read whole every few minutes anyhow; orders and products are read here.</summary>
internal sealed partial class ShopifySubscriptions(ShopifyClient shopify, ShopifyOptions options, TimeProvider clock, ILogger<ShopifySubscriptions> logger) : ISubscriptions
{
    /// <summary>What changes now is told; and two changes within a second have the same version.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);

    public string Source => "shopify";

    public IntegrationOptions Integration => options;

    public Task<IReadOnlyList<string>> ListAsync(Uri address, CancellationToken ct) => shopify.ListSubscriptionsAsync(address, ct);

    public async Task AddAsync(IReadOnlyList<string> missing, Uri address, CancellationToken ct)
    {
        foreach (var topic in missing)
        {
            try
            {
                await shopify.SubscribeAsync(topic, address, ct);
            }
            catch (IntegrationException e) when (e.Code is IntegrationCodes.Rejected) // a scope that the app lacks: others may be had
            {
                LogRefused(topic);
            }
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<MissedEvent>> ReadAsync(DateTimeOffset since, [EnumeratorCancellation] CancellationToken ct)
    {
        var until = clock.GetUtcNow() - Settled;
        await foreach (var orders in PagesAsync(after => shopify.ListOrdersAsync(new(UpdatedSince: since), after, ShopifyClient.MaxPage, ct)))
            yield return [.. orders.Where(order => order.UpdatedAt <= until).SelectMany(order => Events(order, since))];
        await foreach (var products in PagesAsync(after => shopify.ListProductsAsync(new(UpdatedSince: since), after, ShopifyClient.MaxPage, ct)))
            yield return [.. products.Where(product => product.UpdatedAt <= until).Select(Event)];
    }

    private static async IAsyncEnumerable<IReadOnlyList<T>> PagesAsync<T>(Func<string?, Task<ShopifyPage<T>>> read)
    {
        string? after = null;
        do
        {
            var page = await read(after);
            yield return page.Items;
            after = page.Next;
        }
        while (after is not null);
    }

    private static IEnumerable<MissedEvent> Events(Order order, DateTimeOffset since)
    {
        if (order.CreatedAt >= since)
            yield return new("orders/create", $"orders/{Number(order.Id)}", "created", Body(order));

        yield return new("orders/updated", $"orders/{Number(order.Id)}", Time(order.UpdatedAt), Body(order));
    }

    private static MissedEvent Event(Product product) => new("products/update", $"products/{Number(product.Id)}", Time(product.UpdatedAt), new()
    {
        ["id"] = Number(product.Id),
        ["admin_graphql_api_id"] = product.Id,
        ["status"] = product.Status,
        ["updated_at"] = Time(product.UpdatedAt),
    });

    private static JsonObject Body(Order order) => new()
    {
        ["id"] = Number(order.Id),
        ["admin_graphql_api_id"] = order.Id,
        ["name"] = order.Name,
        ["financial_status"] = order.FinancialStatus,
        ["created_at"] = Time(order.CreatedAt),
        ["updated_at"] = Time(order.UpdatedAt),
    };

    /// <summary>Of <c>gid://shopify/Order/820982911946154508</c>, which is how webhooks name it.</summary>
    private static JsonNode Number(string id) => long.Parse(id.AsSpan(id.LastIndexOf('/') + 1), NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Shopify refuses to tell us {Topic}: does the app have the scope that it needs?")]
    private partial void LogRefused(string topic);
}
