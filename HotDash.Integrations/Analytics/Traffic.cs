namespace HotDash.Integrations.Analytics;

/// <summary>A site's traffic, whoever measured it.</summary>
/// <param name="Period">The days asked for.</param>
/// <param name="Days">Every day of the period, in order.</param>
/// <param name="Totals">Of the whole period.</param>
/// <param name="Currency">Of the revenue; null where none is measured.</param>
public sealed record Traffic(Period Period, IReadOnlyList<TrafficDay> Days, TrafficTotals Totals, string? Currency)
{
    /// <summary>A provider leaves out the days on which nobody came.</summary>
    internal static Traffic Of(Period period, IEnumerable<TrafficDay> measured, TrafficTotals totals, string? currency = null)
    {
        var byDate = measured.ToDictionary(day => day.Date);
        decimal? none = totals.Conversions is null ? null : 0;

        return new(period, [.. period.Days.Select(date => byDate.GetValueOrDefault(date) ?? new(date, 0, 0, 0, none, none))], totals, currency);
    }

    /// <exception cref="UnreadableReplyException">The reply has a day twice.</exception>
    internal static IReadOnlyList<TrafficDay> EachOnce(IEnumerable<TrafficDay> measured)
    {
        List<TrafficDay> days = [.. measured];

        return days.DistinctBy(day => day.Date).Count() == days.Count ? days : throw new UnreadableReplyException("the reply has a day twice");
    }

    /// <returns>As much of a part as the period covers, and which that is; null when it covers none of it.</returns>
    public Traffic? Within(Period part)
    {
        if (part == Period)
            return this;

        List<TrafficDay> days = [.. Days.Where(day => part.Covers(day.Date))];
        return days is [] ? null : new(new(days[0].Date, days[^1].Date), days, TrafficTotals.Of(days), Currency);
    }
}

/// <param name="Visitors">Different people.</param>
/// <param name="Visits">Sessions.</param>
/// <param name="Conversions">Key events; null where none are measured. Attribution can make it fractional.</param>
/// <param name="Revenue">In the currency of the property; null where none is measured.</param>
public sealed record TrafficDay(DateOnly Date, long Visitors, long Visits, long PageViews, decimal? Conversions = null, decimal? Revenue = null);

/// <param name="Visitors">Different people in the whole period; null when only the days are known: who came twice is in two of them.</param>
public sealed record TrafficTotals(long? Visitors, long Visits, long PageViews, decimal? Conversions = null, decimal? Revenue = null)
{
    public static TrafficTotals Of(IReadOnlyList<TrafficDay> days) => new(
        days is [var only] ? only.Visitors : null,
        days.Sum(day => day.Visits),
        days.Sum(day => day.PageViews),
        Sum(days, day => day.Conversions),
        Sum(days, day => day.Revenue));

    private static decimal? Sum(IReadOnlyList<TrafficDay> days, Func<TrafficDay, decimal?> part) => days.All(day => part(day) is null) ? null : days.Sum(part);
}
