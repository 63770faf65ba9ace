using System.Globalization;
using HotDash.Integrations.Analytics;

namespace HotDash.Integrations.GoogleAnalytics;

/// <summary>Reads reports of traffic. Google names the metrics of an answer: they must be those that were asked for.</summary>
internal static class GoogleAnalyticsTraffic
{
    public static readonly string[] Metrics = ["totalUsers", "sessions", "screenPageViews", "keyEvents", "totalRevenue"];

    public static IReadOnlyList<TrafficDay> Days(Report report) => Traffic.EachOnce(RowsOf(report).Select(Day));

    /// <summary>A period without traffic has no row.</summary>
    public static (TrafficTotals, string? Currency) Totals(Report report) => RowsOf(report) switch
    {
        [] => (new(0, 0, 0, 0, 0), report.Metadata?.CurrencyCode),
        [var row] when Numbers(row) is [var users, var sessions, var views, var conversions, var revenue] =>
            (new(Whole(users), Whole(sessions), Whole(views), conversions, revenue), report.Metadata?.CurrencyCode),
        _ => throw new UnreadableReplyException("the reply is not the one row of totals"),
    };

    private static IReadOnlyList<ReportRow?> RowsOf(Report report) => report.MetricHeaders.Select(header => header?.Name).SequenceEqual(Metrics, StringComparer.Ordinal)
        ? report.Rows ?? []
        : throw new UnreadableReplyException("the reply has other metrics than the report");

    private static TrafficDay Day(ReportRow? row) =>
        row is { DimensionValues: [{ } date] }
        && DateOnly.TryParseExact(date.Value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && Numbers(row) is [var users, var sessions, var views, var conversions, var revenue]
            ? new(day, Whole(users), Whole(sessions), Whole(views), conversions, revenue)
            : throw new UnreadableReplyException("a row of the reply is not that of a day");

    private static List<decimal> Numbers(ReportRow? row) => [.. (row?.MetricValues ?? []).Select(value =>
        decimal.TryParse(value?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new UnreadableReplyException("a value of the reply is no number"))];

    private static long Whole(decimal number) => number is >= 0 and <= long.MaxValue && decimal.IsInteger(number)
        ? (long)number
        : throw new UnreadableReplyException("a count of the reply is no whole number");
}
