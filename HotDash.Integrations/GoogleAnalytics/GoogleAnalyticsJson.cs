using System.Text.Json.Serialization;

namespace HotDash.Integrations.GoogleAnalytics;

/// <summary>A report as Google writes it. 64-bit numbers and every value are strings; what is empty is left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ReportRequest))]
[JsonSerializable(typeof(Report))]
internal sealed partial class GoogleAnalyticsJson : JsonSerializerContext;

internal sealed record ReportRequest(
    IReadOnlyList<ReportDates> DateRanges,
    IReadOnlyList<ReportName> Metrics,
    IReadOnlyList<ReportName>? Dimensions = null,
    IReadOnlyList<ReportOrder>? OrderBys = null,
    string? Limit = null);

internal sealed record ReportDates(DateOnly StartDate, DateOnly EndDate);

internal sealed record ReportName(string Name);

internal sealed record ReportOrder(ReportDimension Dimension);

internal sealed record ReportDimension(string DimensionName);

internal sealed class Report
{
    [JsonRequired] public IReadOnlyList<ReportHeader?> MetricHeaders { get; init; } = [];
    public IReadOnlyList<ReportRow?>? Rows { get; init; }
    public ReportMetadata? Metadata { get; init; }
}

internal sealed class ReportHeader
{
    [JsonRequired] public string Name { get; init; } = "";
}

internal sealed class ReportRow
{
    public IReadOnlyList<ReportValue?>? DimensionValues { get; init; }
    [JsonRequired] public IReadOnlyList<ReportValue?> MetricValues { get; init; } = [];
}

internal sealed class ReportValue
{
    [JsonRequired] public string Value { get; init; } = "";
}

internal sealed class ReportMetadata
{
    public string? CurrencyCode { get; init; }
}
