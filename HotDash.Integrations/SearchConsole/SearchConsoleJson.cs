using System.Text.Json.Serialization;

namespace HotDash.Integrations.SearchConsole;

/// <summary>A query and its answer. <c>rows</c> is left out when there are none.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SearchQuery))]
[JsonSerializable(typeof(SearchAnswer))]
[JsonSerializable(typeof(SiteList))]
internal sealed partial class SearchConsoleJson : JsonSerializerContext;

internal sealed record SearchQuery(
    DateOnly StartDate, DateOnly EndDate, IReadOnlyList<string>? Dimensions = null, int? RowLimit = null, string DataState = "FINAL");

internal sealed class SearchAnswer
{
    public IReadOnlyList<SearchAnswerRow?>? Rows { get; init; }
}

internal sealed class SearchAnswerRow
{
    public IReadOnlyList<string?>? Keys { get; init; }
    [JsonRequired] public double Clicks { get; init; }
    [JsonRequired] public double Impressions { get; init; }
    [JsonRequired] public double Ctr { get; init; }
    [JsonRequired] public double Position { get; init; }
}

/// <summary>Left out when the account sees none.</summary>
internal sealed class SiteList
{
    public IReadOnlyList<SiteEntry?>? SiteEntry { get; init; }
}

internal sealed class SiteEntry
{
    [JsonRequired] public string SiteUrl { get; init; } = "";
    [JsonRequired] public string PermissionLevel { get; init; } = "";
}
