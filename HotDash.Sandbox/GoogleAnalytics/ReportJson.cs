using System.Text.Json;
using System.Text.Json.Serialization;

namespace HotDash.Sandbox.GoogleAnalytics;

internal static class ReportJson
{
    /// <summary>What is empty is left out.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
}

internal sealed record Request(
    IReadOnlyList<DateRange>? DateRanges,
    IReadOnlyList<Named>? Metrics,
    IReadOnlyList<Named>? Dimensions = null,
    IReadOnlyList<JsonElement>? OrderBys = null,
    long? Limit = null,
    long? Offset = null,
    bool KeepEmptyRows = false,
    bool ReturnPropertyQuota = false);

internal sealed record DateRange(string StartDate, string EndDate);

internal sealed record Named(string Name);

internal sealed record Header(string Name, string Type);

internal sealed record Value([property: JsonPropertyName("value")] string Text);

internal sealed record ReportRow(IReadOnlyList<Value>? DimensionValues, IReadOnlyList<Value> MetricValues);

internal sealed record ReportMetadata(string CurrencyCode, string TimeZone);

internal sealed record Quota(QuotaStatus TokensPerHour);

internal sealed record QuotaStatus(int Consumed, int Remaining);

internal sealed record Reply(
    string Kind,
    IReadOnlyList<Named>? DimensionHeaders,
    IReadOnlyList<Header> MetricHeaders,
    IReadOnlyList<ReportRow>? Rows,
    int? RowCount,
    ReportMetadata Metadata,
    Quota? PropertyQuota);
