using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

using HotDash.Sandbox.Shopify.GraphQl;
using HotDash.Sandbox.Shopify.Schema;

namespace HotDash.Sandbox.Shopify;

/// <summary>The fields at the root of a query.</summary>
internal sealed partial class ShopQuery(ShopSeed seed, ShopSubscriptions subscriptions)
{
    public (JsonObject Data, int Cost) Answer(IEnumerable<Selection> fields)
    {
        var execution = new Execution();
        var data = new JsonObject();
        foreach (var field in fields)
            data[field.Alias] = execution.Complete(Root(field), field);

        return (data, execution.Cost);
    }

    private JsonNode? Root(Selection field) => field.Name switch
    {
        "__schema" => ShopSchema.Own.Roots,
        "__type" => ShopSchema.Own.TypeOf(field.Text("name")),
        "shop" => ShopSeed.Shop,
        "orders" => List(seed.Orders, field),
        "products" => List(seed.Products, field),
        "productVariants" => List(seed.Variants, field),
        "inventoryItems" => List(seed.Inventory, field),
        "locations" => List(seed.Places.Where(place => place["isActive"]!.GetValue<bool>()), field),
        "webhookSubscriptions" => List(subscriptions.Of(field.Text("uri")), field),
        "nodes" => new JsonArray([.. field.Arguments["ids"]!.AsArray().Select(id => Node(id!.GetValue<string>()))]),
        "node" => Node(field.Text("id")),
        "order" => seed.Orders.Find(field.Text("id")),
        "inventoryItem" => seed.Inventory.Find(field.Text("id")),
        _ => throw Execution.Undefined(field.Name, "QueryRoot"),
    };

    /// <exception cref="GraphQlException">It is no id at all.</exception>
    private JsonNode? Node(string? id) => id is not null && Gid().IsMatch(id)
        ? seed.Inventory.Concat(seed.Variants).Concat(seed.Products).Find(id)?.DeepClone()
        : throw new GraphQlException($"Invalid global id '{id}'", "INVALID_VARIABLE");

    private static JsonArray List(IEnumerable<JsonObject> things, Selection field)
    {
        var found = ShopSearch.Matching(things, field.Text("query"));
        var sorted = field.Text("sortKey") switch
        {
            "CREATED_AT" => found.OrderBy(thing => thing["createdAt"]!.GetValue<string>(), StringComparer.Ordinal),
            "UPDATED_AT" => found.OrderBy(thing => thing["updatedAt"]!.GetValue<string>(), StringComparer.Ordinal),
            null => found,
            var other => throw new GraphQlException($"The sandbox does not sort by {other}."),
        };

        var list = sorted.Select(thing => thing.DeepClone());
        return new([.. field.Arguments.GetValueOrDefault("reverse") is JsonValue reverse && reverse.GetValue<bool>() ? list.Reverse() : list]);
    }

    [GeneratedRegex(@"^gid://shopify/[A-Za-z]+/[0-9]+\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Gid();
}
