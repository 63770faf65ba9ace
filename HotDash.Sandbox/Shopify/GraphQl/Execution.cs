using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Shopify.GraphQl;

/// <summary>Picks what a query asks for out of plain JSON, page by page, and counts what that costs.</summary>
internal sealed class Execution
{
    private const int MostPerPage = 250;
    private const int Connection = 2;

    /// <summary>Points of what was found: two for a page, one for each object.</summary>
    public int Cost { get; private set; }

    /// <summary>Points of the largest answer that the query can have.</summary>
    public static int RequestedCost(IEnumerable<Selection> fields) => fields.Sum(field => field switch
    {
        { Fields: [] } or { Name: "pageInfo" } => 0,
        { IsFragment: true } => RequestedCost(field.Fields),
        { Name: "nodes" } when field.Arguments.GetValueOrDefault("ids") is JsonArray ids => ids.Count * (1 + RequestedCost(field.Fields)),
        { IsConnection: true } => Connection + (PageSize(field) * (1 + field.Fields.Sum(part => RequestedCost(part.Name is "edges" ? Nodes(part) : part.Fields)))),
        _ => (field.Arguments.GetValueOrDefault("names") is JsonArray names ? names.Count : 1) + RequestedCost(field.Fields),
    });

    public JsonNode? Complete(JsonNode? value, Selection field) => value switch
    {
        JsonArray list when field.IsConnection => Page(list, field),
        JsonArray list => new JsonArray([.. Named(list, field).Select(item => Complete(item, field))]),
        JsonObject thing => Pick(thing, field.Fields),
        _ => value?.DeepClone(),
    };

    private static IEnumerable<JsonNode?> Named(JsonArray list, Selection field) => field.Arguments.GetValueOrDefault("names") is JsonArray names
        ? names.Select(name => list.Single(item => item!["name"]!.GetValue<string>() == name!.GetValue<string>()))
        : list;

    private JsonObject Pick(JsonObject thing, IEnumerable<Selection> fields)
    {
        Cost++;
        var picked = new JsonObject();
        foreach (var field in fields.SelectMany(field => !field.IsFragment ? [field] : IsOf(thing, field.Alias) ? field.Fields : []))
            picked[field.Alias] = Complete(Value(thing, field), field);

        return picked;
    }

    private static JsonNode? Value(JsonObject thing, Selection field) => (field.Name, thing["inventoryLevels"]) switch
    {
        ("inventoryLevel", JsonArray levels) => levels.FirstOrDefault(level => level!["location"]!["id"]!.GetValue<string>() == field.Text("locationId")),
        ("metafields", _) when field.Arguments.GetValueOrDefault("keys") is JsonArray keys && thing["metafields"] is JsonArray all =>
            new JsonArray([.. all.Where(metafield => keys.Any(key => key!.GetValue<string>() == $"{metafield!["namespace"]}.{metafield["key"]}")).Select(metafield => metafield!.DeepClone())]),
        _ when thing.TryGetPropertyValue(field.Name, out var value) => value,
        _ => throw Undefined(field.Name, thing["__typename"]!.GetValue<string>()),
    };

    private static bool IsOf(JsonObject thing, string type) => thing["__typename"]!.GetValue<string>() == type || (type is "HasMetafields" && thing.ContainsKey("metafields"));

    public static GraphQlException Undefined(string field, string type) =>
        new($"Field '{field}' doesn't exist on type '{type}'", "undefinedField", ("typeName", type), ("fieldName", field));

    private JsonObject Page(JsonArray list, Selection field)
    {
        Cost += Connection;
        var first = PageSize(field);
        var from = field.Text("after") is { } after ? Position(list, after) + 1 : 0;
        var items = list.Skip(from).Take(first).ToList();

        var page = new JsonObject();
        foreach (var part in field.Fields)
        {
            page[part.Alias] = part.Name switch
            {
                "nodes" => new JsonArray([.. items.Select(item => Complete(item, part))]),
                "edges" => new JsonArray([.. items.Select(item => Edge(item!, part))]),
                "pageInfo" => Info(list, from, items, part),
                _ => throw Undefined(part.Name, "Connection"),
            };
        }

        return page;
    }

    private JsonObject Edge(JsonNode item, Selection edges) => new(edges.Fields.Select(field => KeyValuePair.Create(
        field.Alias, field.Name is "cursor" ? CursorOf(item) : Complete(item, field))));

    private static JsonObject Info(JsonArray list, int from, List<JsonNode?> items, Selection info) =>
        new(info.Fields.Select(field => KeyValuePair.Create(field.Alias, field.Name switch
        {
            "hasNextPage" => (JsonNode?)(from + items.Count < list.Count),
            "hasPreviousPage" => from > 0,
            "startCursor" => items is [] ? null : CursorOf(items[0]!),
            "endCursor" => items is [] ? null : CursorOf(items[^1]!),
            _ => throw Undefined(field.Name, "PageInfo"),
        })));

    private static int PageSize(Selection field) => field.Number("first") switch
    {
        null => throw new GraphQlException("you must provide one of first or last", "BAD_REQUEST"),
        > MostPerPage => throw new GraphQlException(string.Create(CultureInfo.InvariantCulture, $"first cannot exceed {MostPerPage}"), "BAD_REQUEST"),
        < 0 => throw new GraphQlException("first cannot be negative", "BAD_REQUEST"),
        { } first => first,
    };

    private static IEnumerable<Selection> Nodes(Selection edges) => edges.Fields.SelectMany(field => field.Fields);

    private static string CursorOf(JsonNode item) => Convert.ToBase64String(Encoding.UTF8.GetBytes($$"""{"last_id":"{{item["id"]}}"}"""));

    private static int Position(JsonArray list, string cursor) => list.Select(item => CursorOf(item!)).ToList().IndexOf(cursor) is >= 0 and var at
        ? at
        : throw new GraphQlException("Invalid cursor for current pagination sort.", "BAD_REQUEST");
}
