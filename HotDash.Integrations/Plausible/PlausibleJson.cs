using System.Text.Json.Serialization;

namespace HotDash.Integrations.Plausible;

/// <summary>A query and its answer, whose numbers stand in the order in which the query names them.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(PlausibleQuery))]
[JsonSerializable(typeof(PlausibleAnswer))]
internal sealed partial class PlausibleJson : JsonSerializerContext;

internal sealed record PlausibleQuery(
    string SiteId,
    IReadOnlyList<string> Metrics,
    IReadOnlyList<DateOnly> DateRange,
    IReadOnlyList<string>? Dimensions = null,
    IReadOnlyList<IReadOnlyList<string>>? OrderBy = null,
    PlausiblePage? Pagination = null);

internal sealed record PlausiblePage(int Limit);

internal sealed class PlausibleAnswer
{
    [JsonRequired] public IReadOnlyList<PlausibleRow?> Results { get; init; } = [];
}

internal sealed class PlausibleRow
{
    [JsonRequired] public IReadOnlyList<long?> Metrics { get; init; } = [];
    [JsonRequired] public IReadOnlyList<string?> Dimensions { get; init; } = [];
}
