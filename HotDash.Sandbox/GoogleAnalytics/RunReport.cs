using System.Globalization;
using System.Text.RegularExpressions;
using HotDash.Sandbox.Google;

namespace HotDash.Sandbox.GoogleAnalytics;

/// <summary>Reports by day or of a whole period. https://developers.google.com/analytics/devguides/reporting/data/v1/rest/v1beta/properties/runReport</summary>
internal static partial class RunReport
{
    private static readonly Dictionary<string, (string Type, Func<IReadOnlyList<DayOfVisits>, decimal> Of)> Known = new(StringComparer.Ordinal)
    {
        ["totalUsers"] = ("TYPE_INTEGER", days => ShopVisits.VisitorsOf(days)),
        ["sessions"] = ("TYPE_INTEGER", days => days.Sum(day => day.Visits)),
        ["screenPageViews"] = ("TYPE_INTEGER", days => days.Sum(day => day.PageViews)),
        ["keyEvents"] = ("TYPE_FLOAT", days => days.Sum(day => day.Sales)),
        ["totalRevenue"] = ("TYPE_CURRENCY", days => days.Sum(day => day.Revenue)),
    };

    public static IEnumerable<string> Metrics => Known.Keys;

    public static IResult Handle(HttpContext context, Request? request, ShopVisits visits, FixedWindow quota)
    {
        if (request is null)
            return GoogleReply.BadRequest(context, "Invalid JSON payload received.");
        if (Complain(request, visits.Today) is { } why)
            return GoogleReply.BadRequest(context, why);

        var range = request.DateRanges![0];
        var days = visits.Between(Date(range.StartDate, visits.Today)!.Value, Date(range.EndDate, visits.Today)!.Value);
        IEnumerable<IReadOnlyList<DayOfVisits>> groups =
            request.Dimensions is [_] ? days.Select(day => (IReadOnlyList<DayOfVisits>)[day]) : days is [] ? [] : [days];
        var rows = groups.Select(group => Row(request, group)).ToList();
        var page = rows.Skip((int)(request.Offset ?? 0)).Take((int)(request.Limit ?? 10_000)).ToList();

        // Tokens grow with what there is to compute.
        var cost = 1 + request.Metrics!.Count + (days.Count / 100);
        return quota.TryTake(cost)
            ? Results.Json(Report(request, page, rows.Count, cost, quota.Left), ReportJson.Options)
            : GoogleReply.Refuse(context, 429, "RESOURCE_EXHAUSTED", "Exhausted property tokens per hour. These quota tokens will return in under an hour.");
    }

    private static string? Complain(Request request, DateOnly today)
    {
        if (request.DateRanges is not [var range])
            return "The sandbox knows reports of one date range.";
        if (Date(range.StartDate, today) is not { } from || Date(range.EndDate, today) is not { } to || from > to)
            return "Invalid startDate or endDate: dates are YYYY-MM-DD, NdaysAgo, yesterday or today, and the first is not after the last.";
        if (request.Metrics is not { Count: >= 1 and <= 10 } metrics)
            return "A report has 1 to 10 metrics.";
        if (metrics.FirstOrDefault(metric => !Known.ContainsKey(metric.Name)) is { } unknown)
            return $"Field {unknown.Name} is not a valid metric. For a list of valid dimensions and metrics, see https://developers.google.com/analytics/devguides/reporting/data/v1/api-schema";
        if (request.Dimensions is not (null or [] or [{ Name: "date" }]))
            return "The sandbox knows the dimension date alone.";

        return request.Limit is < 0 or > 250_000 || request.Offset < 0 ? "The limit is at most 250000, and neither it nor the offset is below 0." : null;
    }

    private static ReportRow Row(Request request, IReadOnlyList<DayOfVisits> days) => new(
        request.Dimensions is [_] ? [new(days[0].Date.ToString("yyyyMMdd", CultureInfo.InvariantCulture))] : null,
        [.. request.Metrics!.Select(metric => new Value(Known[metric.Name].Of(days).ToString(CultureInfo.InvariantCulture)))]);

    private static Reply Report(Request request, List<ReportRow> rows, int count, int cost, int left) => new(
        "analyticsData#runReport",
        request.Dimensions is [var dimension] ? [dimension] : null,
        [.. request.Metrics!.Select(metric => new Header(metric.Name, Known[metric.Name].Type))],
        rows is [] ? null : rows,
        count is 0 ? null : count,
        new("EUR", "Europe/Berlin"),
        request.ReturnPropertyQuota ? new(new(cost, left)) : null);

    private static DateOnly? Date(string text, DateOnly today) => text switch
    {
        "today" => today,
        "yesterday" => today.AddDays(-1),
        _ when DaysAgo().Match(text) is { Success: true } ago => today.AddDays(-int.Parse(ago.Groups["days"].ValueSpan, CultureInfo.InvariantCulture)),
        _ => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null,
    };

    [GeneratedRegex("^(?<days>[0-9]{1,5})daysAgo$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DaysAgo();
}
