using System.Text.Json.Nodes;

using HotDash.Sandbox.Supabase.Store;

namespace HotDash.Sandbox.Supabase;

/// <summary>What PostgREST says about itself at its root; HotDash uses it to see whether the project answers.</summary>
internal static class OpenApi
{
    public static JsonObject Describe(IEnumerable<Table> tables) => new()
    {
        ["swagger"] = "2.0",
        ["info"] = new JsonObject { ["title"] = "standard public schema", ["version"] = "sandbox" },
        ["paths"] = new JsonObject(tables.Select(table => KeyValuePair.Create($"/{table.Name}", (JsonNode?)new JsonObject()))),
        ["definitions"] = new JsonObject(tables.Select(table => KeyValuePair.Create(table.Name, (JsonNode?)Definition(table)))),
    };

    private static JsonObject Definition(Table table) => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray([.. table.Columns.Where(column => column.Required).Select(column => JsonValue.Create(column.Name))]),
        ["properties"] = new JsonObject(table.Columns.Select(column => KeyValuePair.Create(column.Name, (JsonNode?)new JsonObject
        {
            ["type"] = column.Type is ColumnType.Numeric ? "number" : "string",
        }))),
    };
}
