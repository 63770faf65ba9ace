using System.Text.Json;
using HotDash.ControlPlane.Rollouts.Judging;
using HotDash.ControlPlane.Store;

namespace HotDash.ControlPlane.Rollouts;

/// <summary>A rollout as its table has it.</summary>
internal sealed class RolloutRow
{
    public required string Flag { get; init; }

    public Guid Run { get; init; }

    public long Version { get; init; }

    public required string State { get; init; }

    public int Stage { get; init; }

    public int Target { get; init; }

    public int? LastGood { get; init; }

    public required string[] Cohorts { get; init; }

    public required string Options { get; init; }

    public required string Reason { get; init; }

    public DateTime StartedAt { get; init; }

    public required string StartedBy { get; init; }

    public DateTime StageAt { get; init; }

    public DateTime NextCheckAt { get; init; }

    public DateTime? CheckedAt { get; init; }

    public string? Verdict { get; init; }

    public string? VerdictReason { get; init; }

    public required string Evidence { get; init; }

    /// <summary>When it was read.</summary>
    public DateTime Now { get; init; }

    public const string Select =
        """
        select name as Flag, run as Run, r.version as Version, state as State, stage as Stage, target as Target, last_good as LastGood, r.cohorts as Cohorts,
               options::text as Options, why as Reason, started_at as StartedAt, started_by as StartedBy, stage_at as StageAt, next_check_at as NextCheckAt, checked_at as CheckedAt,
               verdict as Verdict, verdict_why as VerdictReason, evidence::text as Evidence, hotdash_now() as Now
        from rollouts r join flags on flags.id = r.flag
        """;

    public Rollout ToRollout() => new(
        Flag, Run, Version, Parse<RolloutState>(State), (RolloutStage)Stage, (RolloutStage)Target, (RolloutStage?)LastGood, Cohorts,
        JsonSerializer.Deserialize<RolloutOptions>(Options)!, Reason, new(StartedAt), StartedBy, new(StageAt), CheckedAt.ToOffset(),
        Verdict is null ? null : Parse<Verdict>(Verdict), VerdictReason);

    public Evidence ToEvidence() => JsonSerializer.Deserialize<Evidence>(Evidence)!;

    internal static string Text<T>(T value) where T : struct, Enum => JsonSerializer.Serialize(value).Trim('"');

    internal static T Parse<T>(string text) where T : struct, Enum => JsonSerializer.Deserialize<T>($"\"{text}\"");
}
