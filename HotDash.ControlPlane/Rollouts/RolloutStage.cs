using System.Text.Json.Serialization;
using HotDash.ControlPlane.Flags;
using HotDash.Integrations;

namespace HotDash.ControlPlane.Rollouts;

/// <summary>How far a flag is rolled out. None is skipped. The numbers are stored.</summary>
[JsonConverter(typeof(UpperSnakeCaseConverter<RolloutStage>))]
public enum RolloutStage
{
    Disabled = 0,

    /// <summary>0 %, but the cohort <c>internal</c>.</summary>
    Internal = 1,
    Beta = 2,
    EarlyAccess = 3,
    Limited = 4,
    General = 5,
    Full = 6,
}

/// <summary>How many users each stage gives the flag to.</summary>
public static class RolloutStages
{
    private static readonly int[] Percents = [0, 0, 10, 25, 50, 75, 100];

    public static Percent Percent(this RolloutStage stage) => new(Percents[(int)stage] * 1000);

    /// <summary>The last stage that gives the flag to no more users than have it: a rollout begins there.</summary>
    /// <param name="otherwise">Whether it is on for all while nobody has set it.</param>
    internal static RolloutStage Of(Flag flag, bool otherwise) => flag switch
    {
        { Killed: true } or { Enabled: false } => RolloutStage.Internal,
        { Enabled: null } => otherwise ? RolloutStage.Full : RolloutStage.Internal,
        _ => Enum.GetValues<RolloutStage>().Last(stage => stage is RolloutStage.Internal || stage.Percent().Thousandths <= flag.RolloutPercent.Thousandths),
    };

    /// <summary>Brings a flag to a stage.</summary>
    /// <param name="cohorts">Those that it had before the rollout: they get it from <see cref="RolloutStage.Beta"/> on.</param>
    internal static Flag At(this Flag flag, RolloutStage stage, IReadOnlyList<string> cohorts) => flag with
    {
        Enabled = stage is not RolloutStage.Disabled,
        RolloutPercent = stage.Percent(),
        AllowedCohorts = CohortsAt(stage, cohorts) is var wanted && wanted.SequenceEqual(flag.AllowedCohorts, StringComparer.Ordinal) ? flag.AllowedCohorts : wanted,
    };

    /// <summary>Whether a flag still is what the rollout made of it.</summary>
    internal static bool IsAt(this Flag flag, RolloutStage stage) =>
        flag is { Enabled: true, Killed: false } && flag.RolloutPercent == stage.Percent();

    private static IReadOnlyList<string> CohortsAt(RolloutStage stage, IReadOnlyList<string> cohorts) => stage switch
    {
        RolloutStage.Disabled => cohorts,
        RolloutStage.Internal => [Cohorts.Internal],
        _ => [.. cohorts.Append(Cohorts.Internal).Distinct(StringComparer.Ordinal)],
    };
}
