using System.Globalization;
using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Shopify.GraphQl;

/// <summary>What a request asks for: a query, or a mutation.</summary>
internal sealed record Document(bool IsMutation, IReadOnlyList<Selection> Fields);

/// <summary>One field of a document, its arguments with the variables put in.</summary>
internal sealed record Selection(string Name, string Alias, IReadOnlyDictionary<string, JsonNode?> Arguments, IReadOnlyList<Selection> Fields)
{
    private static readonly string[] OfConnections = ["nodes", "edges", "pageInfo", "__typename"];

    /// <summary>Fields for things of one type, or of one interface; <see cref="Alias"/> names it.</summary>
    public bool IsFragment => Name is "...";

    /// <summary>Of <c>@idempotent(key:)</c>.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>A list that is paged through.</summary>
    public bool IsConnection => Fields.Count > 0 && Fields.All(part => OfConnections.Contains(part.Name, StringComparer.Ordinal));

    public string? Text(string argument) => Arguments.GetValueOrDefault(argument)?.GetValue<string>();

    public int? Number(string argument) => Arguments.GetValueOrDefault(argument) is JsonValue value
        ? int.Parse(value.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
        : null;
}
