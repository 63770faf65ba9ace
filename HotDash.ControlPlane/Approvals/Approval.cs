using HotDash.Integrations;

namespace HotDash.ControlPlane.Approvals;

/// <summary>An action and what people decided about it. Its bytes are elsewhere, sealed: the hash stands for them.</summary>
/// <param name="Hash">See <see cref="ActionHash"/>; a decision names it.</param>
/// <param name="Revision">From 1 on; each edit makes one, and so does a target that changed.</param>
/// <param name="Risk">1 (low) to 3 (high).</param>
/// <param name="Required">So many people must approve it.</param>
/// <param name="Authors">Who wrote any revision of it: the requester and all editors.</param>
/// <param name="ApprovedBy">Who approved the present hash.</param>
public sealed record Approval(
    Guid Id, string Kind, string Account, string Target, string? TargetVersion, string Hash, int Revision, ApprovalState State, int Risk, int Required,
    string Requester, IReadOnlyList<string> Authors, IReadOnlyList<string> ApprovedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>Of the last decision, or why it could not be sent.</summary>
    public string? Reason { get; init; }

    /// <summary>The target changed after it was asked for, and enough people have not approved it since: whoever decides must look at both.</summary>
    public bool Stale { get; init; }

    /// <summary>Calls that may have had an effect.</summary>
    public int Sends { get; init; }

    /// <summary>The call that is under way, or was the last.</summary>
    public Guid? AttemptId { get; init; }

    public DateTimeOffset? AttemptAt { get; init; }

    /// <summary>By then the call of unknown outcome had certainly ended.</summary>
    public DateTimeOffset? UnknownAt { get; init; }

    /// <summary>The provider's id of what came of it.</summary>
    public string? EffectId { get; init; }

    internal GuardedTarget Guarded => new(Id, Kind, Account, Target, TargetVersion);
}
