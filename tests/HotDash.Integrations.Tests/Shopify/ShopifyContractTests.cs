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
        Throttled = new(200, ShopifyReplies.Throttled(requested: 500, available: 100, rate: 100), Wait: TimeSpan.FromSeconds(4)),
    };
}
