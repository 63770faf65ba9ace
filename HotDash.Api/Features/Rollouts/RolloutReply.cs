using HotDash.ControlPlane.Rollouts;
using HotDash.ControlPlane.Rollouts.Judging;

namespace HotDash.Api.Features.Rollouts;

/// <summary>A rollout as callers see it.</summary>
/// <param name="Percent">The share of users who have the flag at this stage.</param>
/// <param name="LastGood">The last stage of this run that was left in good health.</param>
/// <param name="Reason">Of the last change.</param>
/// <param name="Verdict">Null until the stage was judged.</param>
/// <param name="Possible">What can be done with it now.</param>
internal sealed record RolloutReply(
    string Flag, Guid Run, RolloutState State, RolloutStage Stage, decimal Percent, RolloutStage TargetStage, RolloutStage? LastGood, Verdict? Verdict,
    string? VerdictReason, DateTimeOffset? CheckedAt, string Reason, DateTimeOffset StartedAt, string StartedBy, DateTimeOffset StageSince, RolloutSettings Options,
    IReadOnlyList<string> Possible)
{
    public static RolloutReply Of(Rollout rollout) => new(
        rollout.Flag, rollout.Run, rollout.State, rollout.Stage, rollout.Stage.Percent().Value, rollout.TargetStage, rollout.LastGood, rollout.Verdict,
        rollout.VerdictReason, rollout.CheckedAt, rollout.Reason, rollout.StartedAt, rollout.StartedBy, rollout.StageSince, RolloutSettings.Of(rollout.Options),
        rollout.Possible);
}

/// <summary>How a rollout is done; times in seconds.</summary>
/// <param name="ErrorThreshold">In percent.</param>
/// <param name="AutoAdvanceAfter">Null: a person advances.</param>
internal sealed record RolloutSettings(
    double HealthCheckInterval, double ErrorThreshold, long MinSampleSize, bool PauseOnError, double? AutoAdvanceAfter, bool RequireApprovalPerStage)
{
    public static RolloutSettings Of(RolloutOptions options) => new(
        options.HealthCheckInterval.TotalSeconds, options.ErrorThreshold, options.MinSampleSize, options.PauseOnError, options.AutoAdvanceAfter?.TotalSeconds,
        options.RequireApprovalPerStage);
}
