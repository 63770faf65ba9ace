using HotDash.Integrations;

namespace HotDash.ControlPlane.Rollouts;

/// <summary>What can be done with a rollout in which state.</summary>
internal static class RolloutMoves
{
    public const string Start = "start";
    public const string Advance = "advance";
    public const string Pause = "pause";
    public const string Resume = "resume";
    public const string Rollback = "rollback";
    public const string Check = "check";
    public const string AwaitApproval = "await-approval";
    public const string GoOnWatching = "go-on-watching";

    /// <param name="state">Null: the flag has never been rolled out.</param>
    public static IReadOnlyList<string> Legal(RolloutState? state) => state switch
    {
        null or RolloutState.RolledBack => [Start],
        RolloutState.Running or RolloutState.AwaitingApproval => [Advance, Pause, Rollback, Check],
        RolloutState.Paused => [Resume, Rollback, Check],
        _ => [Start, Rollback],
    };

    /// <exception cref="IllegalMoveException">It cannot be done now.</exception>
    public static void Require(RolloutState? state, string move)
    {
        if (!Legal(state).Contains(move, StringComparer.Ordinal))
            throw new IllegalMoveException(state, move);
    }
}

/// <summary>The rollout exists, but is in no state for what was asked; the message names what is possible.</summary>
public sealed class IllegalMoveException : Exception
{
    internal IllegalMoveException(RolloutState? state, string move)
        : base($"It cannot be done ({move}): {(state is { } known ? $"the rollout is {known.ToUpperSnakeCase()}" : "there is no rollout")}. Possible now: {string.Join(", ", RolloutMoves.Legal(state))}.")
    {
    }

    internal IllegalMoveException(string message)
        : base(message)
    {
    }
}
