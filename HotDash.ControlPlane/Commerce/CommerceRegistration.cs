using HotDash.ControlPlane.Reads;
using HotDash.Integrations.Shopify;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HotDash.ControlPlane.Commerce;

public static class CommerceRegistration
{
    /// <summary>Needs <c>AddControlPlane</c>, <c>AddApprovals</c> and <c>AddShopify</c>.</summary>
    public static void AddCommerce(this IHostApplicationBuilder builder)
    {
        builder.Services.AddTransient<CommerceChanges>();
        builder.Services.AddTransient(services => new CommerceReads(
            services.GetRequiredService<ShopifyClient>(),
            services.GetRequiredService<ShopifyOptions>(),
            services.GetRequiredService<ReadChain>()));
    }
}
