using HotDash.Integrations.Shopify.Changes;
using HotDash.Integrations.Shopify.Parity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace HotDash.Integrations.Shopify;

public static class ShopifyRegistration
{
    /// <summary>Adds <see cref="ShopifyClient"/>, <see cref="ShopifyOptions"/>, <see cref="ShopifyParity"/> and the changes that people approve.</summary>
    public static IServiceCollection AddShopify(this IServiceCollection services, Attempts attempts = Attempts.Several)
    {
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Transient<IGuardedOperation, InventoryOperation>(),
            ServiceDescriptor.Transient<IGuardedOperation, PriceOperation>(),
            ServiceDescriptor.Transient<IGuardedOperation, MetafieldOperation>(),
        ]);
        services.TryAddTransient<ShopifyParity>();
        return services.AddIntegration<ShopifyClient, ShopifyOptions>("shopify", attempts, Protect)
            .AddProbe<ShopifyClient>("shopify", "API authentication successful", "API authentication failed", (shopify, ct) => shopify.GetShopAsync(ct))
            .AddProbe<ShopifyClient>("shopify", "Can fetch orders", "Cannot fetch orders", (shopify, ct) => shopify.ListOrdersAsync(new(), null, 1, ct));
    }

    // The standard plan's bucket of 2,000 points, which 100 a second refill: whoever keeps to the window keeps to the bucket.
    private static void Protect(ResilienceOptions resilience) => resilience.RateLimit = new(2000, TimeSpan.FromSeconds(20));
}
