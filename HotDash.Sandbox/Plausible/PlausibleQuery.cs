using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HotDash.Sandbox.Plausible;

/// <summary>A query of visitors, visits, page views or events, by day or of a whole period.</summary>
internal sealed class PlausibleQuery
{
    private const string Day = "time:day";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private static readonly Dictionary<string, Func<IReadOnlyList<DayOfVisits>, long>> Known = new(StringComparer.Ordinal)
    {
        ["visitors"] = ShopVisits.VisitorsOf,
        ["visits"] = days => days.Sum(day => day.Visits),
        ["pageviews"] = days => days.Sum(day => day.PageViews),
        ["events"] = days => days.Sum(day => day.PageViews + day.Sales),
    };

    public string? SiteId { get; init; }

    public IReadOnlyList<string>? Metrics { get; init; }

    public JsonElement DateRange { get; init; }

    public IReadOnlyList<string> Dimensions { get; init; } = [];

    public JsonElement? Filters { get; init; }

    public JsonElement? OrderBy { get; init; }

    public JsonElement? Include { get; init; }

    public PlausiblePage? Pagination { get; init; }

    public static async Task<(PlausibleQuery? Query, string Why)> ReadAsync(HttpRequest request)
    {
        try
        {
            var query = await JsonSerializer.DeserializeAsync<PlausibleQuery>(request.Body, Json, request.HttpContext.RequestAborted);
            var why = query?.Complain() ?? (query is null ? "The body is empty." : null);
            return why is null ? (query, "") : (null, why);
        }
        catch (JsonException)
        {
            return (null, "Schema validation failed: the query has a property that does not belong there.");
        }
    }

    public object Answer(ShopVisits visits)
    {
        var (from, to) = Range(visits.Today)!.Value;
        var days = visits.Between(from, to);
        var groups = Dimensions is [_] ? days.Select(day => (IReadOnlyList<DayOfVisits>)[day]) : [days];
        var rows = groups.Select(group => new
        {
            metrics = Metrics!.Select(metric => Known[metric](group)),
            dimensions = Dimensions.Select(_ => group[0].Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        });

        return new
        {
            results = rows.Skip(Pagination?.Offset ?? 0).Take(Pagination?.Limit ?? 10_000),
            meta = new { },
            query = new { site_id = SiteId, metrics = Metrics, date_range = new[] { $"{from:yyyy-MM-dd}T00:00:00+00:00", $"{to:yyyy-MM-dd}T23:59:59+00:00" }, filters = Array.Empty<string>(), dimensions = Dimensions },
        };
    }

    private string? Complain()
    {
        if (SiteId is null || Metrics is not { Count: > 0 } metrics || DateRange.ValueKind is JsonValueKind.Undefined)
            return "Required properties site_id, metrics, date_range were not present.";
        if (metrics.FirstOrDefault(metric => !Known.ContainsKey(metric)) is { } unknown)
            return $"Invalid metric \"{unknown}\"; the sandbox knows {string.Join(", ", Known.Keys)}.";
        if (Dimensions is not ([] or [Day]))
            return $"The sandbox knows the dimension {Day} alone.";
        if (Filters is { ValueKind: JsonValueKind.Array } filters && filters.GetArrayLength() > 0)
            return "The sandbox knows no filters.";
        if (Pagination is { Limit: < 1 or > 10_000 } or { Offset: < 0 })
            return "Invalid pagination: the limit is from 1 to 10000.";

        return Range(DateOnly.MaxValue) is null ? "Invalid date_range: two days (YYYY-MM-DD), the first not after the last, or day, 7d, 28d, 30d, 91d." : null;
    }

    private (DateOnly From, DateOnly To)? Range(DateOnly today) => DateRange switch
    {
        { ValueKind: JsonValueKind.String } => DateRange.GetString() switch
        {
            "day" => (today, today),
            "7d" => (today.AddDays(-7), today.AddDays(-1)),
            "28d" => (today.AddDays(-28), today.AddDays(-1)),
            "30d" => (today.AddDays(-30), today.AddDays(-1)),
            "91d" => (today.AddDays(-91), today.AddDays(-1)),
            _ => null,
        },
        { ValueKind: JsonValueKind.Array } when DateRange.GetArrayLength() is 2 && Date(DateRange[0]) is { } from && Date(DateRange[1]) is { } to && from <= to => (from, to),
        _ => null,
    };

    private static DateOnly? Date(JsonElement text) =>
        text.ValueKind is JsonValueKind.String && DateOnly.TryParseExact(text.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}

internal sealed record PlausiblePage(int Limit = 10_000, int Offset = 0);
