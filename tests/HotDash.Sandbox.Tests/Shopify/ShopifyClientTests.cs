using HotDash.Integrations;
using HotDash.Integrations.Shopify;

using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Sandbox.Tests.Shopify;

/// <summary>HotDash's client against the stand-in, over real HTTP.</summary>
public sealed class ShopifyClientTests(SharedSandbox shared) : IClassFixture<SharedSandbox>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_operation_is_answered()
    {
        var sandbox = await shared.FreshAsync();
        await using var services = sandbox.Clients();
        var shopify = services.GetRequiredService<ShopifyClient>();

        var orders = await shopify.ListOrdersAsync(new(), null, 100, Cancellation);
        var longest = orders.Items.Single(order => order.Name is "#1007");

        Assert.Equal("sandbox-shop.myshopify.com", (await shopify.GetShopAsync(Cancellation)).Domain);
        Assert.Equal(60, orders.Items.Count);
        Assert.Equal(103, (await shopify.GetOrderAsync(longest.Id, Cancellation))!.Lines.DistinctBy(line => line.Id).Count());
        Assert.Null(await shopify.GetOrderAsync("gid://shopify/Order/0", Cancellation));
        Assert.Equal(12, (await shopify.ListProductsAsync(new(), null, 100, Cancellation)).Items.Count);
        Assert.Equal(24, (await shopify.ListVariantsAsync(null, null, 100, Cancellation)).Items.Count);
        Assert.Equal(6, (await shopify.ListLocationsAsync(Cancellation)).Count);
        var inventory = await shopify.ListInventoryAsync(null, null, 100, Cancellation);
        Assert.Equal(7, inventory.Items.Max(item => item.Levels.Count));
        Assert.Empty(await sandbox.ViolationsAsync());
    }

    [Fact]
    public async Task All_orders_come_page_by_page_newest_first_and_each_once()
    {
        var sandbox = await shared.FreshAsync();
        await using var services = sandbox.Clients();
        var shopify = services.GetRequiredService<ShopifyClient>();

        var orders = new List<Order>();
        ShopifyPage<Order>? page = null;
        do
        {
            page = await shopify.ListOrdersAsync(new(), page?.Next, 7, Cancellation);
            orders.AddRange(page.Items);
        }
        while (page.Next is not null);

        Assert.Equal(60, orders.DistinctBy(order => order.Id).Count());
        Assert.Equal(orders.OrderByDescending(order => order.CreatedAt).Select(order => order.CreatedAt), orders.Select(order => order.CreatedAt));
    }

    [Fact]
    public async Task Filters_find_what_they_say()
    {
        var sandbox = await shared.FreshAsync();
        await using var services = sandbox.Clients();
        var shopify = services.GetRequiredService<ShopifyClient>();
        var from = new DateTimeOffset(2026, 1, 10, 0, 0, 0, TimeSpan.Zero);

        var cancelled = await shopify.ListOrdersAsync(new(OrderStatus.Cancelled), null, 100, Cancellation);
        var paid = await shopify.ListOrdersAsync(new(Financial: FinancialStatus.Paid, From: from, To: from.AddDays(3)), null, 100, Cancellation);
        var mugs = await shopify.ListProductsAsync(new(ProductStatus.Active, "WINTER mug"), null, 100, Cancellation);
        var one = await shopify.ListInventoryAsync("SKU-003", null, 10, Cancellation);

        Assert.NotEmpty(cancelled.Items);
        Assert.All(cancelled.Items, order => Assert.Equal(OrderStatus.Cancelled, order.Status));
        Assert.NotEmpty(paid.Items);
        Assert.All(paid.Items, order => Assert.True(order.FinancialStatus is "paid" && order.CreatedAt >= from && order.CreatedAt <= from.AddDays(3)));
        Assert.All(mugs.Items, product => Assert.Contains("Winter mug", product.Title, StringComparison.Ordinal));
        Assert.Equal("SKU-003", Assert.Single(one.Items).Sku);
    }

    [Fact]
    public async Task A_throttled_call_says_when_the_bucket_holds_enough()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync(("Integrations:Limits:shopify", "40/40s"));
        await using var services = sandbox.Clients();
        var shopify = services.GetRequiredService<ShopifyClient>();
        await shopify.ListOrdersAsync(new(), null, 10, Cancellation); // 32 points

        var throttled = await Assert.ThrowsAsync<RateLimitException>(() => shopify.ListOrdersAsync(new(), null, 10, Cancellation));

        Assert.Equal(TimeSpan.FromSeconds(24), throttled.RetryAfter);
    }
}
