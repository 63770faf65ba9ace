using System.Globalization;
using HotDash.Api.Requests;
using HotDash.Integrations.GoogleCalendar;

namespace HotDash.Api.Features.Calendar;

/// <summary>From when to when: whole days, or times.</summary>
internal static class Spans
{
    private static readonly TimeSpan UnlessGiven = TimeSpan.FromHours(1);

    /// <returns>Null when something is wrong. The end is the first day, or moment, that is not part of it.</returns>
    public static (EventTime Start, EventTime End)? Span(this FieldErrors errors, string startField, string? start, string endField, string? end)
    {
        var from = errors.Moment(startField, start ?? "");
        var to = end is null ? from : errors.Moment(endField, end);
        if (from is null || to is null)
            return null;

        var until = (from, to) switch
        {
            ({ Day: { } first }, { Day: { } last }) => last >= first ? EventTime.Of(last.AddDays(1)) : null,
            ({ At: { } begin }, { At: { } finish }) => end is null ? EventTime.Of(begin + UnlessGiven) : finish > begin ? to : null,
            _ => null,
        };
        errors.Require(until is not null, endField, "must be a day if start is one and a time if start is one, and not before it.");
        return until is null ? null : (from, until);
    }

    private static EventTime? Moment(this FieldErrors errors, string field, string value)
    {
        var moment = DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? EventTime.Of(day)
            : new FieldErrors().Time(field, value) is { } time ? EventTime.Of(WholeSecond(time))
            : null;
        if ((moment?.Day?.Year ?? moment?.At?.Year) is >= 2000 and < 2200)
            return moment;

        errors.Add(field, "must be a day, such as 2026-12-24, or a time with its zone, such as 2026-12-24T18:00:00+01:00, of the years 2000 to 2199.");
        return null;
    }

    // Google keeps no fractions.
    private static DateTimeOffset WholeSecond(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
}
