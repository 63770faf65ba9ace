using HotDash.Integrations.Shopify;

using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Integrations.Tests.Shopify;

public sealed class ShopifyContractTests : ProviderContract
{
    public const string AccessToken = "canary-shopify-token";

    public override ProviderUnderTest Provider { get; } = new()
    {
        Key = "shopify",
        Settings = [("SHOPIFY_BASE_URL", "https://shopify.example/base"), ("SHOPIFY_ACCESS_TOKEN", AccessToken)],
        Read = (services, ct) => services.GetRequiredService<ShopifyClient>().ListOrdersAsync(new(), null, 10, ct),
        Write = SetStockAsync,
        Throttled = new(200, ShopifyReplies.Throttled(requested: 500, available: 100, rate: 100), Wait: TimeSpan.FromSeconds(4)),
    };

    private static Task<Existing> SetStockAsync(IServiceProvider services, CancellationToken ct)
    {
        var (id, operation) = (Guid.CreateVersion7(), services.GetServices<IGuardedOperation>().Single(operation => operation.Kind is GuardedKinds.CommerceInventory));
        const string content = """{"locationId":"gid://shopify/Location/1","items":[{"inventoryItemId":"gid://shopify/InventoryItem/1","from":5,"to":8}]}""";

        return operation.SendAsync(new(new(id, operation.Kind, operation.Account, "", null), operation.Compose(id, 1, content)), ct);
    }
}
