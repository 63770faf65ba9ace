using System.Globalization;
using HotDash.Sandbox.Google;

namespace HotDash.Sandbox.SearchConsole;

internal sealed record SearchRequest(
    string? StartDate,
    string? EndDate,
    IReadOnlyList<string>? Dimensions = null,
    int? RowLimit = null,
    int? StartRow = null,
    string? Type = null,
    string? DataState = null,
    string? AggregationType = null);

/// <summary>One dimension at a time, or none. https://developers.google.com/webmaster-tools/v1/searchanalytics/query</summary>
internal static class SearchQuery
{
    private const int FinalAfterDays = 3;

    private static readonly Dictionary<string, string[]> Keys = new(StringComparer.OrdinalIgnoreCase)
    {
        ["query"] = ["leather care", "walnut cutting board", "linen tea towel", "oak serving tray", "wool blanket gift", "ceramic mug set", "beeswax candle", "cotton apron"],
        ["page"] = ["https://shop.example/", "https://shop.example/kitchen", "https://shop.example/gifts", "https://shop.example/care"],
        ["country"] = ["deu", "aut", "che", "nld"],
        ["device"] = ["MOBILE", "DESKTOP", "TABLET"],
        ["date"] = [],
    };

    public static IResult Handle(HttpContext context, SearchRequest? request, ShopVisits visits)
    {
        if (request is null)
            return GoogleReply.BadRequest(context, "Invalid JSON payload received.");
        if (Date(request.StartDate) is not { } from || Date(request.EndDate) is not { } to || from > to)
            return GoogleReply.BadRequest(context, "Request contains an invalid argument: startDate and endDate are days (YYYY-MM-DD), the first not after the last.");
        if (request.RowLimit is < 1 or > 25_000 || request.StartRow is < 0)
            return GoogleReply.BadRequest(context, "rowLimit must be between 1 and 25000.");
        if (request.Dimensions is { Count: > 1 } || request.Dimensions?.Any(name => !Keys.ContainsKey(name)) is true)
            return GoogleReply.BadRequest(context, "The sandbox knows one dimension at a time: query, page, country, device or date.");

        var final = string.Equals(request.DataState, "all", StringComparison.OrdinalIgnoreCase) ? 0 : FinalAfterDays;
        var last = visits.Today.AddDays(-final);
        var rows = Rows(request.Dimensions is [var name] ? name : null, visits.Between(from, to < last ? to : last));
        var page = rows.Skip(request.StartRow ?? 0).Take(request.RowLimit ?? 1000).ToList();

        return page is [] ? Results.Json(new { responseAggregationType = "BY_PROPERTY" }) : Results.Json(new { rows = page, responseAggregationType = "BY_PROPERTY" });
    }

    private static List<Dictionary<string, object>> Rows(string? dimension, IReadOnlyList<DayOfVisits> days)
    {
        if (days is [])
            return [];
        if (dimension is null)
            return [Row(null, 0, days)];

        return string.Equals(dimension, "date", StringComparison.OrdinalIgnoreCase)
            ? [.. days.Select(day => Row(day.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), 0, [day]))]
            : [.. Keys[dimension].Select((key, place) => Row(key, place + 1, days))];
    }

    /// <summary>Each has half the clicks of the one before it, so that rows are fewer than the whole.</summary>
    private static Dictionary<string, object> Row(string? key, int place, IReadOnlyList<DayOfVisits> days)
    {
        var clicks = Math.Floor(days.Sum(day => day.Visits) / 4 / Math.Pow(2, place));
        var impressions = clicks * (20 + (5 * place));
        var row = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["clicks"] = clicks,
            ["impressions"] = impressions,
            ["ctr"] = impressions is 0 ? 0 : clicks / impressions,
            ["position"] = 3.5 + place,
        };
        if (key is not null)
            row["keys"] = new[] { key };

        return row;
    }

    private static DateOnly? Date(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}
