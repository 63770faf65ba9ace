using HotDash.ControlPlane.Flags;
using HotDash.ControlPlane.Rollouts.Judging;

namespace HotDash.ControlPlane.Rollouts;

/// <summary>What follows from a check, without a person. Only health advances; harm is answered in every state.</summary>
internal static class NextStep
{
    /// <param name="rollout">With the verdict of this check.</param>
    /// <param name="inStage">How long the stage has been judged.</param>
    /// <returns>Null when all stays as it is.</returns>
    public static (Transition Step, string Reason)? Of(Rollout rollout, Flag flag, RolloutHealth health, TimeSpan inStage, bool switchesIntegrations)
    {
        if (Harm(rollout, health) is { } harm)
            return Answer(rollout, flag, harm, switchesIntegrations);
        if (rollout.State is RolloutState.Paused)
            return null;
        if (!flag.IsAt(rollout.Stage))
            return (Transition.Pause(rollout), "The flag was changed by hand.");

        return Progress(rollout, IsRipe(rollout, inStage));
    }

    private static string? Harm(Rollout rollout, RolloutHealth health) =>
        rollout.Verdict is Verdict.Regressing ? rollout.VerdictReason : health.Ok ? null : $"The health check failed: {health.Text}";

    private static (Transition Step, string Reason)? Answer(Rollout rollout, Flag flag, string harm, bool switchesIntegrations)
    {
        if (!rollout.Options.PauseOnError)
            return (Transition.Rollback(rollout, flag, switchesIntegrations), harm);

        return rollout.State is RolloutState.Paused ? null : (Transition.Pause(rollout), harm);
    }

    private static (Transition Step, string Reason)? Progress(Rollout rollout, bool ripe) => (ripe, rollout) switch
    {
        (true, { Options.RequireApprovalPerStage: false, Options.AutoAdvanceAfter: not null }) => (Transition.Advance(rollout), rollout.VerdictReason!),
        (true, { Options.RequireApprovalPerStage: true, State: RolloutState.Running }) =>
            (new(RolloutMoves.AwaitApproval, rollout with { State = RolloutState.AwaitingApproval }), rollout.VerdictReason!),
        (false, { State: RolloutState.AwaitingApproval }) =>
            (new(RolloutMoves.GoOnWatching, rollout with { State = RolloutState.Running }), rollout.VerdictReason!),
        _ => null,
    };

    private static bool IsRipe(Rollout rollout, TimeSpan inStage) =>
        rollout.Verdict is Verdict.Healthy && !(inStage < rollout.Options.AutoAdvanceAfter);
}
