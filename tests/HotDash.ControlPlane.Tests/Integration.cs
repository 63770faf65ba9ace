using HotDash.Integrations;
using HotDash.Integrations.Publer;
using HotDash.Integrations.Shopify;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.ControlPlane.Tests;

/// <summary>Publer's settings as a host would read them.</summary>
internal static class Integration
{
    public static readonly PublerOptions Off = Read();

    public static readonly PublerOptions WithoutCredentials = Read(("PUBLER_LIVE", "true"));

    public static readonly PublerOptions Live = Read(("PUBLER_LIVE", "true"), ("PUBLER_API_KEY", "test-key"), ("PUBLER_WORKSPACE_ID", "ws-1"));

    public static readonly ShopifyOptions TakenBack = Read<ShopifyOptions>(
        services => services.AddShopify(Attempts.One), ("Integrations:shopify:RolledBack", "true"), ("SHOPIFY_SHOP", "shop"), ("SHOPIFY_ACCESS_TOKEN", "test-token"));

    private static PublerOptions Read(params (string Name, string Value)[] settings) => Read<PublerOptions>(services => services.AddPubler(Attempts.One), settings);

    private static T Read<T>(Action<IServiceCollection> add, params (string Name, string Value)[] settings)
        where T : notnull
    {
        var services = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build());
        add(services);
        return services.BuildServiceProvider().GetRequiredService<T>();
    }
}
