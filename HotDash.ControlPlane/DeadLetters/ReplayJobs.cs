namespace HotDash.ControlPlane.DeadLetters;

/// <summary>The background work of the feature, by the names under which it is queued.</summary>
public static class ReplayJobs
{
    public const string Replay = "dead-letters.replay";
    public const string Tidy = "dead-letters.tidy";

    /// <summary>A replay ends by its own rules; a dead job would strand it.</summary>
    internal const int NeverDead = 1_000_000;
}

/// <summary>Works on the replay: looks up what its preview asks for, then sends.</summary>
public sealed record ReplayPayload(Guid ReplayId);
