namespace HotDash.Integrations.Analytics;

/// <summary>A week of a fixture, repeated over whatever days are asked for.</summary>
internal sealed class MockWeek(IEnumerable<TrafficDay> week, string? currency = null)
{
    private readonly Dictionary<DayOfWeek, TrafficDay> _week = week.ToDictionary(day => day.Date.DayOfWeek);

    public Traffic Over(Period period)
    {
        List<TrafficDay> days = [.. period.Days.Select(date => _week[date.DayOfWeek] with { Date = date })];

        return new(period, days, TrafficTotals.Of(days), currency);
    }
}
