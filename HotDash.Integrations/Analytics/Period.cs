using System.Text.Json.Serialization;

namespace HotDash.Integrations.Analytics;

/// <summary>Whole days, both included, as the property or site counts them: in its own time zone.</summary>
public sealed record Period(DateOnly From, DateOnly To)
{
    [JsonIgnore]
    public int Length => To.DayNumber - From.DayNumber + 1;

    [JsonIgnore]
    public IEnumerable<DateOnly> Days => Enumerable.Range(0, Length).Select(From.AddDays);

    public bool Covers(DateOnly day) => day >= From && day <= To;

    /// <summary>So many days, of which this is the last.</summary>
    public static Period Until(DateOnly last, int days) => new(last.AddDays(1 - days), last);
}
