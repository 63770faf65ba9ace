using System.Globalization;
using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Shopify;

/// <summary>A shop with enough in it for pages, filters and ties in time: 12 products in 24 variants, 60 orders, 7 locations.</summary>
internal sealed class ShopSeed
{
    private const long BeyondDoubles = 9_007_199_254_740_993;
    private const int Locations = 7;
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly string[] Things = ["Winter mug", "Serving board", "Linen apron", "Gift card", "Stoneware bowl", "Oak spoon"];
    private static readonly string[] Sizes = ["Small", "Large"];
    private static readonly string[] Financial = ["PAID", "PENDING", "AUTHORIZED", "PARTIALLY_REFUNDED", "REFUNDED", "PAID"];
    private static readonly string[] Fulfillment = ["UNFULFILLED", "FULFILLED", "PARTIALLY_FULFILLED", "ON_HOLD"];
    private static readonly string[] Statuses = ["ACTIVE", "ACTIVE", "ACTIVE", "DRAFT", "ARCHIVED"];

    private readonly Ids _ids;

    public ShopSeed(Ids ids)
    {
        _ids = ids;
        Places = [.. Enumerable.Range(1, Locations).Select(Location)];
        Products = [.. Enumerable.Range(1, 12).Select(Product)];
        Variants = [.. Enumerable.Range(1, 24).Select(Variant)];
        Inventory = [.. Enumerable.Range(1, 24).Select(InventoryItem)];
        Orders = [.. Enumerable.Range(1, 60).Select(Order)];
    }

    public static JsonObject Shop { get; } = Thing("Shop", 1, new()
    {
        ["name"] = "Sandbox shop",
        ["myshopifyDomain"] = "sandbox-shop.myshopify.com",
        ["currencyCode"] = "EUR",
        ["ianaTimezone"] = "Europe/Berlin",
    });

    public IReadOnlyList<JsonObject> Places { get; }

    public IReadOnlyList<JsonObject> Products { get; }

    public IReadOnlyList<JsonObject> Variants { get; }

    public IReadOnlyList<JsonObject> Inventory { get; }

    public IReadOnlyList<JsonObject> Orders { get; }

    private static JsonObject Location(int number) => Thing("Location", number, new()
    {
        ["name"] = number is 1 ? "Warehouse" : $"Shop {number}",
        ["isActive"] = number < Locations,
        ["shipsInventory"] = number is 1,
    });

    private JsonObject Product(int number) => Thing("Product", number, new()
    {
        ["title"] = $"{Things[number % Things.Length]} {number}",
        ["handle"] = $"product-{number}",
        ["status"] = Statuses[Pick("status", number, Statuses.Length)],
        ["vendor"] = number % 2 is 0 ? "Kiln & Co" : "Timber Hall",
        ["productType"] = Things[number % Things.Length],
        ["totalInventory"] = Stock((number * 2) - 1) + Stock(number * 2),
        ["tracksInventory"] = true,
        ["metafields"] = new JsonArray(),
        ["createdAt"] = Time(0),
        ["updatedAt"] = Time(number / 2 * 5),
        ["priceRangeV2"] = new JsonObject
        {
            ["__typename"] = "ProductPriceRangeV2",
            ["minVariantPrice"] = Money(Price((number * 2) - 1)),
            ["maxVariantPrice"] = Money(Price((number * 2) - 1) + 5),
        },
    });

    private JsonObject Variant(int number) => Thing("ProductVariant", number, new()
    {
        ["title"] = Sizes[number % 2],
        ["displayName"] = $"{Things[(number + 1) / 2 % Things.Length]} {(number + 1) / 2} - {Sizes[number % 2]}",
        ["sku"] = $"SKU-{number:000}",
        ["price"] = Amount(Price(number)),
        ["compareAtPrice"] = number % 5 is 0 ? Amount(Price(number) + 10) : null,
        ["availableForSale"] = Stock(number) > 0,
        ["metafields"] = new JsonArray(),
        ["inventoryQuantity"] = Stock(number),
        ["createdAt"] = Time(0),
        ["updatedAt"] = Time(number),
        ["product"] = Thing("Product", (number + 1) / 2, []),
        ["inventoryItem"] = Thing("InventoryItem", number, []),
    });

    private JsonObject InventoryItem(int number) => Thing("InventoryItem", number, new()
    {
        ["sku"] = $"SKU-{number:000}",
        ["tracked"] = true,
        ["createdAt"] = Time(0),
        ["updatedAt"] = Time(number),
        ["variant"] = Variants[number - 1].DeepClone(),
        // Some are stocked in more places than a client asks for at once.
        ["inventoryLevels"] = new JsonArray([.. Enumerable.Range(1, number % 10 is 0 ? Locations : 2).Select(place => Level(number, place))]),
    });

    private JsonObject Level(int item, int place)
    {
        var (available, committed) = (place is 1 ? Stock(item) : 0, Pick("committed", (item * 10) + place, 3));
        return Thing("InventoryLevel", (item * 10) + place, new()
        {
            ["location"] = Places[place - 1].DeepClone(),
            ["quantities"] = new JsonArray(
                Quantity("available", available), Quantity("committed", committed), Quantity("incoming", place is 1 ? 25 : 0), Quantity("on_hand", available + committed)),
        });
    }

    private JsonObject Order(int number)
    {
        // Two orders share each time, and one has more lines than a page.
        var (created, lines) = (number / 2 * 7, number is 7 ? 103 : 1 + Pick("lines", number, 3));
        var (cancelled, closed) = (number % 11 is 0, number % 3 is 0);
        return Thing("Order", number, new()
        {
            ["name"] = $"#{1000 + number}",
            ["createdAt"] = Time(created),
            ["updatedAt"] = Time(created + 1),
            ["cancelledAt"] = cancelled ? Time(created + 1) : null,
            ["closedAt"] = closed && !cancelled ? Time(created + 1) : null,
            ["displayFinancialStatus"] = Financial[Pick("financial", number, Financial.Length)],
            ["displayFulfillmentStatus"] = Fulfillment[Pick("fulfillment", number, Fulfillment.Length)],
            ["currentSubtotalLineItemsQuantity"] = lines,
            ["currentTotalPriceSet"] = Bag(lines * 20),
            ["test"] = true,
            ["lineItems"] = new JsonArray([.. Enumerable.Range(1, lines).Select(line => Line(number, line))]),
        });
    }

    private JsonObject Line(int order, int line)
    {
        var variant = 1 + Pick("variant", (order * 1000) + line, 24);
        return Thing("LineItem", (order * 1000) + line, new()
        {
            ["title"] = $"{Things[(variant + 1) / 2 % Things.Length]} {(variant + 1) / 2}",
            ["sku"] = $"SKU-{variant:000}",
            ["currentQuantity"] = 1,
            ["originalUnitPriceSet"] = Bag(20),
            ["variant"] = line % 9 is 0 ? null : Thing("ProductVariant", variant, []),
        });
    }

    private static JsonObject Thing(string type, int number, JsonObject fields)
    {
        fields["__typename"] = type;
        fields["id"] = string.Create(CultureInfo.InvariantCulture, $"gid://shopify/{type}/{BeyondDoubles + number}");
        return fields;
    }

    private static JsonObject Quantity(string name, int quantity) => new() { ["__typename"] = "InventoryQuantity", ["name"] = name, ["quantity"] = quantity };

    private static JsonObject Bag(int amount) => new() { ["__typename"] = "MoneyBag", ["shopMoney"] = Money(amount) };

    private static JsonObject Money(int amount) => new() { ["__typename"] = "MoneyV2", ["amount"] = Amount(amount), ["currencyCode"] = "EUR" };

    private static string Amount(int amount) => string.Create(CultureInfo.InvariantCulture, $"{amount}.00");

    private static string Time(int hours) => Start.AddHours(hours).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private int Price(int variant) => 10 + Pick("price", variant, 50);

    private int Stock(int variant) => Pick("stock", variant, 40);

    private int Pick(string kind, int number, int count) => (int)(_ids.Dice($"shopify-{kind}", number) * count);
}
