using System.Text.Json;
using HotDash.ControlPlane.Store;

namespace HotDash.ControlPlane.Flags;

/// <summary>A flag as its table has it.</summary>
internal sealed class FlagRow
{
    public long Id { get; init; }

    public required string Name { get; init; }

    public long Version { get; init; }

    public bool? Enabled { get; init; }

    public int Percent { get; init; }

    public int Peak { get; init; }

    public required string[] Cohorts { get; init; }

    public DateTime? StartsAt { get; init; }

    public DateTime? EndsAt { get; init; }

    public required string Salt { get; init; }

    public bool Monotone { get; init; }

    public bool Killed { get; init; }

    public required string Metadata { get; init; }

    public DateTime ChangedAt { get; init; }

    public required string ChangedBy { get; init; }

    public const string Columns =
        """
        id as Id, name as Name, version as Version, enabled as Enabled, percent as Percent, peak as Peak, cohorts as Cohorts,
        starts_at as StartsAt, ends_at as EndsAt, salt as Salt, monotone as Monotone, killed as Killed, metadata::text as Metadata,
        changed_at as ChangedAt, changed_by as ChangedBy
        """;

    public Flag ToFlag() => new(
        Name, Version, Enabled, new(Percent), new(Peak), Cohorts, StartsAt.ToOffset(), EndsAt.ToOffset(), Salt, Monotone, Killed,
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
}
