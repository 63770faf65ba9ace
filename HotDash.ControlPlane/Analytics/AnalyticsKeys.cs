using HotDash.Integrations.SearchConsole;

namespace HotDash.ControlPlane.Analytics;

/// <summary>Where snapshots are, and how much a job keeps in them.</summary>
internal static class AnalyticsKeys
{
    /// <summary>More than a dashboard shows: any part of it answers when the provider cannot.</summary>
    public const int DaysOfTraffic = 90;

    public const int RowsOfSearches = 100;

    public static string Traffic(TrafficProvider provider) => $"analytics/v1/traffic/{provider}";

    public static string Search(SearchDimension by) => $"analytics/v1/search/{by}";
}

/// <summary>The days that an answer is about unless the caller says.</summary>
public static class AnalyticsPeriods
{
    public const int Days = 28;

    /// <summary>Google's searches are final after three days.</summary>
    private const int SearchesFinalAfter = 3;

    /// <summary>Whole days only: today's numbers would look like a fall.</summary>
    public static DateOnly LastOfTraffic(TimeProvider clock) => Today(clock).AddDays(-1);

    public static DateOnly LastOfSearches(TimeProvider clock) => Today(clock).AddDays(-SearchesFinalAfter);

    public static DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
}
