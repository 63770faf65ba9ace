using HotDash.Integrations.Analytics;
using HotDash.Integrations.Plausible;

namespace HotDash.Integrations.Tests.Analytics;

public sealed class TrafficTests
{
    private static readonly Period Fortnight = Period.Until(new(2026, 3, 14), 14);

    [Fact]
    public void A_period_is_its_days_and_both_ends_are_in_it()
    {
        Assert.Equal((new DateOnly(2026, 3, 1), 14), (Fortnight.From, Fortnight.Length));
        Assert.Equal((Fortnight.From, Fortnight.To), (Fortnight.Days.First(), Fortnight.Days.Last()));
        Assert.True(Fortnight.Covers(Fortnight.From) && Fortnight.Covers(Fortnight.To));
        Assert.False(Fortnight.Covers(Fortnight.From.AddDays(-1)) || Fortnight.Covers(Fortnight.To.AddDays(1)));
    }

    [Fact]
    public void A_part_has_totals_of_its_own_but_does_not_know_how_many_people_came()
    {
        var traffic = Traffic.Of(Fortnight, Fortnight.Days.Select(date => new TrafficDay(date, 10, 12, 30, 1.5m, 20)), new(99, 168, 420, 21, 280), "EUR");

        var part = traffic.Within(new(new(2026, 3, 2), new(2026, 3, 4)));

        Assert.Equal(3, part!.Days.Count);
        Assert.Equal((new TrafficTotals(null, 36, 90, 4.5m, 60), "EUR"), (part.Totals, part.Currency));
        Assert.Equal(10, traffic.Within(new(new(2026, 3, 2), new(2026, 3, 2)))!.Totals.Visitors);
        Assert.Equal(99, traffic.Within(Fortnight)!.Totals.Visitors);
        Assert.Equal(new Period(new(2026, 3, 13), Fortnight.To), traffic.Within(new(new(2026, 3, 13), new(2026, 3, 20)))!.Period);
        Assert.Null(traffic.Within(new(new(2026, 3, 15), new(2026, 3, 20))));
    }

    [Fact]
    public void What_is_not_measured_is_not_zero()
    {
        var traffic = Traffic.Of(Fortnight, [new(Fortnight.From, 1, 1, 1)], new(1, 1, 1));

        Assert.All(traffic.Days, day => Assert.Null(day.Revenue));
        Assert.Null(traffic.Within(new(Fortnight.From, Fortnight.From))!.Totals.Conversions);
    }

    [Fact]
    public void Mock_traffic_has_every_day_that_is_asked_for()
    {
        var traffic = PlausibleMock.Traffic(Fortnight);

        Assert.Equal(Fortnight.Days, traffic.Days.Select(day => day.Date));
        Assert.All(traffic.Days, day => Assert.InRange(day.Visitors, 1, day.Visits));
        Assert.Equal(traffic.Days[0] with { Date = default }, traffic.Days[7] with { Date = default });
    }
}
