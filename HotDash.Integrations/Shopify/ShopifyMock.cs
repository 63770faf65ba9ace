namespace HotDash.Integrations.Shopify;

/// <summary>What HotDash shows while the shop is not connected, in the order of the live lists.</summary>
public static class ShopifyMock
{
    public static IReadOnlyList<Order> Orders { get; } =
        Fixture.Read("shopify.orders.json", ShopifyJson.Default.ReplyOrdersData).Data!.Orders.ToPage(node => node.ToOrder()).Items;

    public static IReadOnlyList<Product> Products { get; } =
        Fixture.Read("shopify.products.json", ShopifyJson.Default.ReplyProductsData).Data!.Products.ToPage(node => node.ToProduct()).Items;

    public static IReadOnlyList<InventoryItem> Inventory { get; } =
    [
        .. Fixture.Read("shopify.inventory.json", ShopifyJson.Default.ReplyInventoryData)
            .Data!.InventoryItems.ToPage(node => node.ToItem(node.InventoryLevels.ToPage(level => level.ToLevel()).Items)).Items,
    ];
}
