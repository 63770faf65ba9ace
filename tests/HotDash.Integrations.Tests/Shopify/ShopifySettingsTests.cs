using HotDash.Integrations.Shopify;

using Microsoft.Extensions.Options;

namespace HotDash.Integrations.Tests.Shopify;

public sealed class ShopifySettingsTests
{
    [Theory]
    [InlineData("winter-mugs")]
    [InlineData("winter-mugs.myshopify.com")]
    public async Task The_shop_is_the_address(string shop)
    {
        await using var wired = new Wired(settings: [("SHOPIFY_BASE_URL", null), ("SHOPIFY_SHOP", shop)]);

        var options = wired.Get<ShopifyOptions>();

        Assert.Equal(("https://winter-mugs.myshopify.com/", "admin/api/2026-07/graphql.json"), (options.BaseAddress!.AbsoluteUri, options.Endpoint));
        Assert.Equal("winter-mugs.myshopify.com", options.Account);
    }

    [Theory]
    [InlineData("mock")]
    [InlineData("live")]
    [InlineData(null)]
    public async Task There_is_no_flag_so_only_missing_credentials_and_a_rollback_keep_it_from_calling(string? mode)
    {
        await using var live = new Wired(settings: ("Integrations:Mode", mode));
        await using var missing = new Wired(settings: [("Integrations:Mode", mode), ("SHOPIFY_BASE_URL", null), ("SHOPIFY_ACCESS_TOKEN", null)]);
        await using var back = new Wired(settings: [("Integrations:Mode", mode), ("Integrations:shopify:RolledBack", "on")]);

        Assert.Equal(IntegrationState.Live, live.Get<ShopifyOptions>().State);
        Assert.Equal(IntegrationState.CredentialsMissing, missing.Get<ShopifyOptions>().State);
        Assert.Equal(["SHOPIFY_SHOP", "SHOPIFY_ACCESS_TOKEN"], missing.Get<ShopifyOptions>().MissingCredentials);
        Assert.Equal(IntegrationState.Disabled, back.Get<ShopifyOptions>().State);
        var refused = await Assert.ThrowsAnyAsync<IntegrationException>(() => back.Get<ShopifyClient>().GetShopAsync(TestContext.Current.CancellationToken));
        Assert.Equal(IntegrationCodes.IntegrationDisabled, refused.Code);
    }

    [Theory]
    [InlineData("SHOPIFY_API_VERSION", "2026-08")]
    [InlineData("SHOPIFY_API_VERSION", "2026-01")]
    [InlineData("SHOPIFY_API_VERSION", "latest")]
    [InlineData("SHOPIFY_SHOP", "https://x.myshopify.com")]
    [InlineData("SHOPIFY_SHOP", "evil.example/x")]
    [InlineData("Integrations:shopify:RolledBack", "maybe")]
    public async Task What_is_malformed_stops_the_start_and_is_named(string name, string value)
    {
        await using var wired = new Wired(settings: (name, value));

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(wired.StartAsync);

        Assert.StartsWith(name, refusal.Message, StringComparison.Ordinal);
    }
}
