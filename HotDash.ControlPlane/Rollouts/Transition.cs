using HotDash.ControlPlane.Flags;
using HotDash.ControlPlane.Rollouts.Judging;
using HotDash.Integrations;

namespace HotDash.ControlPlane.Rollouts;

/// <summary>One step of a rollout, before it is written.</summary>
/// <param name="Action">What to call it in the record of changes.</param>
internal sealed record Transition(string Action, Rollout After)
{
    /// <summary>The stage to which the flag is brought; null leaves the flag alone.</summary>
    public RolloutStage? Flag { get; init; }

    /// <summary>The stage is judged from now on, without what was before.</summary>
    public bool Afresh { get; init; }

    /// <summary>The integrations that the flag switches are connected again, or are not called any more.</summary>
    public bool? Connects { get; init; }

    /// <param name="otherwise">Whether the flag is on for all while nobody has set it.</param>
    public static Transition Start(Flag flag, RolloutStage target, RolloutOptions options, Guid run, string by, bool otherwise = false)
    {
        var first = RolloutStages.Of(flag, otherwise);
        if (flag.Killed)
            throw new IllegalMoveException($"{flag.Name} is killed: unkill it first.");
        if (target < first)
            throw new IllegalMoveException($"{flag.Name} is at {first.ToUpperSnakeCase()} already: choose a target from there on, or switch it off first.");

        var rollout = new Rollout(
            flag.Name, run, 0, RolloutState.Running, first, target, null, flag.AllowedCohorts, options, "", default, by, default, null, null, null);
        return new(RolloutMoves.Start, rollout) { Flag = first, Afresh = true, Connects = true };
    }

    /// <summary>To the next stage; at the target it is done.</summary>
    public static Transition Advance(Rollout rollout)
    {
        if (rollout.Stage == rollout.TargetStage)
            return new(RolloutMoves.Advance, rollout with { State = RolloutState.Completed });

        var good = rollout.Verdict is Verdict.Healthy ? rollout.Stage : rollout.LastGood;
        var next = rollout.Stage + 1;
        return new(RolloutMoves.Advance, rollout with { State = RolloutState.Running, Stage = next, LastGood = good }) { Flag = next, Afresh = true };
    }

    public static Transition Pause(Rollout rollout) => new(RolloutMoves.Pause, rollout with { State = RolloutState.Paused });

    public static Transition Resume(Rollout rollout) =>
        new(RolloutMoves.Resume, rollout with { State = RolloutState.Running }) { Flag = rollout.Stage, Afresh = true };

    /// <summary>
    /// To the last stage that was left in good health, else off. Off at once where the flag switches integrations, since these are disconnected; and
    /// where it is monotone, since a lower percentage takes nobody out.
    /// </summary>
    public static Transition Rollback(Rollout rollout, Flag flag, bool switchesIntegrations)
    {
        var to = switchesIntegrations || flag.Monotone ? RolloutStage.Disabled : rollout.LastGood ?? RolloutStage.Disabled;
        return new(RolloutMoves.Rollback, rollout with { State = RolloutState.RolledBack, Stage = to }) { Flag = to, Connects = switchesIntegrations ? false : null };
    }
}
