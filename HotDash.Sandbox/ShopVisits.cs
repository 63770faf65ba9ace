namespace HotDash.Sandbox;

/// <summary>Who visits the shop, day by day: alike for one seed, whichever provider is asked.</summary>
internal sealed class ShopVisits(Ids ids, TimeProvider clock)
{
    public DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    /// <summary>Nobody has come yet on a day that is still to come.</summary>
    public IReadOnlyList<DayOfVisits> Between(DateOnly from, DateOnly to) =>
        [.. Enumerable.Range(0, Math.Max(0, (to < Today ? to : Today).DayNumber - from.DayNumber + 1)).Select(index => Day(from.AddDays(index)))];

    /// <summary>Who comes twice is one visitor.</summary>
    public static long VisitorsOf(IReadOnlyList<DayOfVisits> days) => days is [var only] ? only.Visitors : days.Sum(day => day.Visitors) * 4 / 5;

    private DayOfVisits Day(DateOnly date)
    {
        var visitors = 180 + (long)(140 * ids.Dice("visitors", date.DayNumber)) + (date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 60 : 0);
        var visits = visitors * 6 / 5;
        var sales = visits / 35;

        return new(date, visitors, visits, visits * 29 / 10, sales, decimal.Round(sales * (40 + (60 * (decimal)ids.Dice("basket", date.DayNumber))), 2));
    }
}

internal sealed record DayOfVisits(DateOnly Date, long Visitors, long Visits, long PageViews, long Sales, decimal Revenue);
