namespace HotDash.Integrations.Shopify;

/// <summary>One of the documents in <c>Operations/</c>, and what a call of it may cost before Shopify has told.</summary>
/// <param name="Name">In metrics and stored rows; also the document's file name.</param>
/// <param name="PerNode">Points for each thing on a page: objects cost one each, things within them too.</param>
/// <param name="Changes">Of a change that people approve: what it is when it comes a second time.</param>
internal sealed record ShopifyOperation(string Name, string File, int PerNode, string? Changes = null)
{
    public static readonly ShopifyOperation Shop = new("get-shop", "shop", 1);
    public static readonly ShopifyOperation Orders = new("list-orders", "orders", 3);
    public static readonly ShopifyOperation Order = new("get-order", "order", 4);
    public static readonly ShopifyOperation Products = new("list-products", "products", 4);
    public static readonly ShopifyOperation Variants = new("list-variants", "variants", 3);
    public static readonly ShopifyOperation Inventory = new("list-inventory", "inventory", 34);
    public static readonly ShopifyOperation InventoryLevels = new("list-inventory-levels", "inventory-levels", 6);
    public static readonly ShopifyOperation Locations = new("list-locations", "locations", 1);

    public static readonly ShopifyOperation Subscriptions = new("list-subscriptions", "subscriptions", 1);
    public static readonly ShopifyOperation Subscribe = new("subscribe", "subscribe", PerChange)
    {
        Declared = Operation.WritesOnce("subscribe", "Shopify refuses a second subscription of a topic for its address"),
    };

    public static readonly ShopifyOperation Stock = new("read-stock", "stock", 6);
    public static readonly ShopifyOperation Prices = new("read-prices", "prices", 3);
    public static readonly ShopifyOperation Metafields = new("read-metafields", "metafields", 2);

    public static readonly ShopifyOperation AdjustInventory = new("adjust-inventory", "inventory-adjust", PerChange, ByKey);
    public static readonly ShopifyOperation SetInventory = new("set-inventory", "inventory-set", PerChange, ByKey);
    public static readonly ShopifyOperation SetPrices = new("set-prices", "prices-set", PerChange, "sets the same again, after a look at what is there");
    public static readonly ShopifyOperation SetMetafields = new("set-metafields", "metafields-set", PerChange, "names the digest that it changes");

    public static readonly ShopifyOperation Schema = new("read-schema", "schema", 5);
    public static readonly ShopifyOperation SchemaType = new("read-type", "schema-type", 5);

    /// <summary>All but those that ask the schema about itself.</summary>
    public static readonly IReadOnlyList<ShopifyOperation> All =
    [
        Shop, Orders, Order, Products, Variants, Inventory, InventoryLevels, Locations, Subscriptions, Stock, Prices, Metafields,
        Subscribe, AdjustInventory, SetInventory, SetPrices, SetMetafields,
    ];

    private const string ByKey = "is recognised by its key (`@idempotent`)";
    private const int PerChange = 5;
    private const int Overhead = 5;

    public string Document { get; } = Fixture.Text($"shopify.{File}.graphql");

    /// <summary>What the engine may do with it.</summary>
    public Operation Declared { get; private init; } = Changes is { } again ? Operation.Guarded(Name, again) : Operation.Reads(Name);

    public int Estimate(int first) => Overhead + (PerNode * first);
}
