using System.Text.Json.Serialization;
using HotDash.ControlPlane.Rollouts.Judging;
using HotDash.Integrations;

namespace HotDash.ControlPlane.Rollouts;

/// <summary>Where a rollout stands.</summary>
[JsonConverter(typeof(UpperSnakeCaseConverter<RolloutState>))]
public enum RolloutState
{
    Running,

    /// <summary>The stage has proved itself; a person decides about the next one.</summary>
    AwaitingApproval,

    /// <summary>The flag stays as it is until somebody resumes the rollout or rolls it back.</summary>
    Paused,

    /// <summary>The target was reached and has proved itself.</summary>
    Completed,
    RolledBack,
}

/// <summary>How a rollout is done.</summary>
/// <param name="HealthCheckInterval">So often it is judged.</param>
/// <param name="ErrorThreshold">The share of live calls that may fail, in percent: more than 0, less than 100.</param>
/// <param name="MinSampleSize">With fewer live calls nothing is decided.</param>
/// <param name="PauseOnError">Harm, or a failed health check, pauses it; else it is rolled back.</param>
/// <param name="AutoAdvanceAfter">A stage that is healthy after so long is followed by the next one; null: a person advances.</param>
/// <param name="RequireApprovalPerStage">A person advances it, also when <paramref name="AutoAdvanceAfter"/> is over.</param>
public sealed record RolloutOptions(
    TimeSpan HealthCheckInterval, double ErrorThreshold, long MinSampleSize, bool PauseOnError, TimeSpan? AutoAdvanceAfter, bool RequireApprovalPerStage)
{
    public static RolloutOptions Default { get; } = new(TimeSpan.FromSeconds(60), 5, 100, PauseOnError: true, null, RequireApprovalPerStage: false);

    /// <summary>A bucket is judged when it is over and all processes have told of it: that long after its beginning.</summary>
    internal static readonly TimeSpan Settling = TimeSpan.FromSeconds(20);

    internal JudgeRules Rules => new(ErrorThreshold / 100, MinSampleSize, HealthCheckInterval + TimeSpan.FromSeconds(30));
}

/// <summary>A staged raise of a flag: the one that goes on, or the last one.</summary>
/// <param name="Run">Each start is a run of its own.</param>
/// <param name="LastGood">The last stage of this run that was left in good health.</param>
/// <param name="Cohorts">Those of the flag before.</param>
/// <param name="Reason">Of the last change.</param>
/// <param name="StageSince">The stage is judged from then on: it began, or was resumed.</param>
/// <param name="Verdict">Null until the stage was judged once.</param>
public sealed record Rollout(
    string Flag,
    Guid Run,
    long Version,
    RolloutState State,
    RolloutStage Stage,
    RolloutStage TargetStage,
    RolloutStage? LastGood,
    IReadOnlyList<string> Cohorts,
    RolloutOptions Options,
    string Reason,
    DateTimeOffset StartedAt,
    string StartedBy,
    DateTimeOffset StageSince,
    DateTimeOffset? CheckedAt,
    Verdict? Verdict,
    string? VerdictReason)
{
    /// <summary>What can be done with it now.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Possible => RolloutMoves.Legal(State);

    /// <summary>Whether it is judged.</summary>
    [JsonIgnore]
    public bool IsActive => State is RolloutState.Running or RolloutState.AwaitingApproval or RolloutState.Paused;
}
