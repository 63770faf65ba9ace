using System.Text.Json;

namespace HotDash.ControlPlane.Flags;

/// <summary>A flag as its table has it.</summary>
internal sealed record FlagRow(
    long Id, string Name, long Version, bool? Enabled, int Percent, int Peak, string[] Cohorts, DateTime? StartsAt, DateTime? EndsAt,
    string Salt, bool Monotone, bool Killed, string Metadata, DateTime ChangedAt, string ChangedBy)
{
    public const string Columns =
        """
        id as Id, name as Name, version as Version, enabled as Enabled, percent as Percent, peak as Peak, cohorts as Cohorts,
        starts_at as StartsAt, ends_at as EndsAt, salt as Salt, monotone as Monotone, killed as Killed, metadata::text as Metadata,
        changed_at as ChangedAt, changed_by as ChangedBy
        """;

    public Flag ToFlag() => new(
        Name, Version, Enabled, new(Percent), new(Peak), Cohorts, At(StartsAt), At(EndsAt), Salt, Monotone, Killed,
        JsonSerializer.Deserialize<Dictionary<string, string>>(Metadata)!, new(ChangedAt), ChangedBy);

    /// <summary>What the statements that write need.</summary>
    public static object Parameters(Flag flag, long id, string by) => new
    {
        id,
        by,
        flag.Name,
        flag.Enabled,
        Percent = flag.RolloutPercent.Thousandths,
        Peak = flag.Peak.Thousandths,
        Cohorts = flag.AllowedCohorts.ToArray(),
        StartsAt = flag.StartDate?.ToUniversalTime(),
        EndsAt = flag.EndDate?.ToUniversalTime(),
        flag.Salt,
        flag.Monotone,
        flag.Killed,
        Metadata = JsonSerializer.Serialize(flag.Metadata),
    };

    private static DateTimeOffset? At(DateTime? time) => time is { } at ? new DateTimeOffset(at) : null;
}
