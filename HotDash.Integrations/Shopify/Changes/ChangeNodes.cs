using System.Text.Json.Serialization;

namespace HotDash.Integrations.Shopify.Changes;

/// <summary>Things by their ids, in that order; null for what is not there.</summary>
internal sealed record NodesData<T>(IReadOnlyList<T?> Nodes)
    where T : class;

/// <summary>Empty when the id is of something else.</summary>
internal sealed record StockNode(string? Sku = null, StockLevel? InventoryLevel = null);

internal sealed record StockLevel(PlaceName Location, IReadOnlyList<Quantity?> Quantities)
{
    public int? QuantityOf(string name) => Quantities.FirstOrDefault(quantity => quantity?.Name == name)?.Amount;
}

internal sealed record PlaceName(string Name);

/// <inheritdoc cref="StockNode"/>
internal sealed record PriceNode(string? DisplayName = null, string? Sku = null, decimal? Price = null, decimal? CompareAtPrice = null, NodeId? Product = null);

internal sealed record MetafieldsData(MetafieldOwner? Node);

/// <inheritdoc cref="StockNode"/>
internal sealed record MetafieldOwner(MetafieldList? Metafields = null);

internal sealed record MetafieldList(IReadOnlyList<MetafieldNode> Nodes);

internal sealed record MetafieldNode(string Namespace, string Key, string Type, string Value, string CompareDigest)
{
    /// <summary>Asked for by the whole key, Shopify may answer with the whole key.</summary>
    public string FullKey => Key.StartsWith($"{Namespace}.", StringComparison.Ordinal) ? Key : $"{Namespace}.{Key}";
}

internal sealed record ChangeData(ChangePayload Change);

/// <summary>What every mutation of ours answers, under the names that the documents give it.</summary>
internal sealed class ChangePayload
{
    /// <summary>What came of it as a whole.</summary>
    public NodeId? Effect { get; init; }

    /// <summary>What was changed.</summary>
    public IReadOnlyList<NodeId?>? Done { get; init; }

    [JsonRequired] public IReadOnlyList<ChangeError?> UserErrors { get; init; } = [];
}

/// <param name="Field">The path of what was wrong, such as <c>variants 1 price</c>.</param>
internal sealed record ChangeError(IReadOnlyList<string>? Field = null, string? Code = null)
{
    /// <summary>Of the item; null when it is about all of them.</summary>
    public int? Place => Field?.Select(part => int.TryParse(part, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var place) ? place : (int?)null)
        .FirstOrDefault(place => place is not null);

    /// <summary>A word of the schema; anything else is not passed on.</summary>
    public string Word => Code is { Length: > 0 and <= 60 } && Code.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter) || letter is '_') ? Code : "REFUSED";
}
