using System.Globalization;
using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Shopify.GraphQl;

/// <summary>One field of a query, its arguments with the variables put in.</summary>
internal sealed record Selection(string Name, string Alias, IReadOnlyDictionary<string, JsonNode?> Arguments, IReadOnlyList<Selection> Fields)
{
    private static readonly string[] OfConnections = ["nodes", "edges", "pageInfo", "__typename"];

    /// <summary>A list that is paged through.</summary>
    public bool IsConnection => Fields.Count > 0 && Fields.All(part => OfConnections.Contains(part.Name, StringComparer.Ordinal));

    public string? Text(string argument) => Arguments.GetValueOrDefault(argument)?.GetValue<string>();

    public int? Number(string argument) => Arguments.GetValueOrDefault(argument) is JsonValue value
        ? int.Parse(value.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
        : null;
}
