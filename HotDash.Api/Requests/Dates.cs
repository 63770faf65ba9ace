using System.Globalization;
using HotDash.Integrations.Analytics;

namespace HotDash.Api.Requests;

internal static class Dates
{
    private const int MaxDays = 366;

    /// <summary>Nothing, or a day.</summary>
    public static DateOnly? Date(this FieldErrors errors, string field, string? value)
    {
        if (value is null)
            return null;

        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return date;

        errors.Add(field, "must be a day, such as 2026-12-24.");
        return null;
    }

    /// <summary>The days from <c>from</c> to <c>to</c>; what is not given is so many days, up to the last.</summary>
    public static Period Period(this FieldErrors errors, string? from, string? to, DateOnly last, int days, DateOnly today)
    {
        var end = errors.Date("to", to) ?? last;
        var start = errors.Date("from", from);
        errors.Require(end <= today, "to", "must not be in the future.");
        errors.Require(end.DayNumber >= days, "to", "is too long ago.");
        if (errors.Any)
            return new(last, last);

        var period = new Period(start ?? end.AddDays(1 - days), end);
        errors.Require(period.Length >= 1, "from", $"must not be after {(to is null ? end.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "to")}.");
        errors.Require(period.Length <= MaxDays, "from", $"must be at most {MaxDays} days before to.");
        return period;
    }
}
