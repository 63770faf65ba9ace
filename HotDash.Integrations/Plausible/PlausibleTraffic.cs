using System.Globalization;
using HotDash.Integrations.Analytics;

namespace HotDash.Integrations.Plausible;

/// <summary>Reads rows of visitors, visits and page views. Null is what Plausible says where nothing was measured.</summary>
internal static class PlausibleTraffic
{
    public static IReadOnlyList<TrafficDay> Days(PlausibleAnswer answer) => Traffic.EachOnce(answer.Results.Select(Day));

    public static TrafficTotals Totals(PlausibleAnswer answer) => answer.Results is [{ Metrics: [var visitors, var visits, var views] }]
        ? new(visitors ?? 0, visits ?? 0, views ?? 0)
        : throw new UnreadableReplyException("the reply is not the one row of totals");

    private static TrafficDay Day(PlausibleRow? row) =>
        row is { Dimensions: [{ } date], Metrics: [var visitors, var visits, var views] }
        && DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new(day, visitors ?? 0, visits ?? 0, views ?? 0)
            : throw new UnreadableReplyException("a row of the reply is not that of a day");
}
