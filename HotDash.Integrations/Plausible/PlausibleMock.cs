using HotDash.Integrations.Analytics;

namespace HotDash.Integrations.Plausible;

/// <summary>What HotDash shows while Plausible is not live.</summary>
public static class PlausibleMock
{
    private static readonly MockWeek Week = new(PlausibleTraffic.Days(Fixture.Read("plausible.traffic.json", PlausibleJson.Default.PlausibleAnswer)));

    public static Traffic Traffic(Period period) => Week.Over(period);
}
