using HotDash.Integrations.Analytics;

namespace HotDash.Integrations.GoogleAnalytics;

/// <summary>What HotDash shows while Google Analytics is not live.</summary>
public static class GoogleAnalyticsMock
{
    private static readonly Report Report = Fixture.Read("google-analytics.traffic.json", GoogleAnalyticsJson.Default.Report);
    private static readonly MockWeek Week = new(GoogleAnalyticsTraffic.Days(Report), Report.Metadata?.CurrencyCode);

    public static Traffic Traffic(Period period) => Week.Over(period);
}
