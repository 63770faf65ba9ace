using HotDash.Integrations;

namespace HotDash.ControlPlane.Approvals;

/// <summary>What people can do with an approval, and nothing else: no clock, no store. An approval that comes back as it was has not changed.</summary>
internal static class Decisions
{
    /// <exception cref="ApprovalRefusedException">It does not count; the others throw it, too.</exception>
    public static Approval Approve(this Approval approval, string by, string hash, DateTimeOffset now)
    {
        RequireHash(approval, hash);
        if (approval.ApprovedBy.Contains(by, StringComparer.Ordinal) || WasApproved(approval))
            return approval;

        RequirePending(approval, now);
        if (approval.Authors.Contains(by, StringComparer.Ordinal))
            throw new ApprovalRefusedException(ApprovalRefusal.OwnAction, "Whoever asked for an action, or edited it, cannot approve it. Somebody else has to.");

        IReadOnlyList<string> approvers = [.. approval.ApprovedBy, by];
        var enough = approvers.Count >= approval.Required;

        return approval with { ApprovedBy = approvers, State = enough ? ApprovalState.Approved : ApprovalState.Pending, Stale = approval.Stale && !enough };
    }

    public static Approval Reject(this Approval approval, string by, string hash, string reason, DateTimeOffset now)
    {
        RequireHash(approval, hash);
        if (approval.State is ApprovalState.Rejected)
            return approval;
        if (approval.ApprovedBy.Contains(by, StringComparer.Ordinal))
            throw new ApprovalRefusedException(ApprovalRefusal.Contrary, "You have approved it: a decision is not taken back.");

        RequirePending(approval, now);
        return approval with { State = ApprovalState.Rejected, Reason = reason };
    }

    /// <summary>Other bytes: whoever wrote them is an author now, and what was decided about the former counts no more.</summary>
    public static Approval Edit(this Approval approval, string by, string hash, string newHash, DateTimeOffset now)
    {
        RequireHash(approval, hash);
        RequirePending(approval, now);
        if (newHash == hash)
            return approval;

        return approval with
        {
            Hash = newHash,
            Revision = approval.Revision + 1,
            Authors = approval.Authors.Contains(by, StringComparer.Ordinal) ? approval.Authors : [.. approval.Authors, by],
            ApprovedBy = [],
        };
    }

    /// <summary>Somebody looked where HotDash cannot. What surely had no effect may be sent, if its time is not over.</summary>
    public static Approval Settle(this Approval approval, bool happened, string reason, TimeSpan settleWindow, DateTimeOffset now)
    {
        if (approval.State is not ApprovalState.Unknown)
            throw Wrong(approval);
        if (!happened && now - approval.UnknownAt < settleWindow)
            throw new ApprovalRefusedException(ApprovalRefusal.WrongState, "It may still show its effect: look again in a few minutes.");

        return (happened ? approval with { State = ApprovalState.Sent } : approval.Ready(now)) with { Reason = reason };
    }

    private static bool WasApproved(Approval approval) =>
        approval.State is ApprovalState.Approved or ApprovalState.Sending or ApprovalState.Sent or ApprovalState.Unknown or ApprovalState.Failed;

    private static void RequireHash(Approval approval, string hash)
    {
        if (!string.Equals(hash, approval.Hash, StringComparison.Ordinal))
            throw new ApprovalRefusedException(ApprovalRefusal.Changed, "It was changed since you saw it: look at it again, and name its present hash.");
    }

    private static void RequirePending(Approval approval, DateTimeOffset now)
    {
        if (approval.State is not ApprovalState.Pending)
            throw Wrong(approval);
        if (approval.ExpiresAt <= now)
            throw new ApprovalRefusedException(ApprovalRefusal.WrongState, "Its time is over: expired means no.");
    }

    private static ApprovalRefusedException Wrong(Approval approval) =>
        new(ApprovalRefusal.WrongState, $"It is {approval.State.ToSnakeCase()} already.");
}
