namespace HotDash.ControlPlane.Approvals;

/// <summary>
/// What becomes of an approved action, and nothing else: no clock, no store. Each attempt has an id; what ends another attempt than the last changes
/// nothing. An approval that comes back as it was has not changed.
/// </summary>
internal static class Sending
{
    /// <param name="repeats">Sends again what may have had its effect already: the provider recognises it.</param>
    public static Approval Begin(this Approval approval, Guid attemptId, DateTimeOffset now, bool repeats = false) =>
        approval.State == (repeats ? ApprovalState.Unknown : ApprovalState.Approved) && now < approval.ExpiresAt
            ? approval with { State = ApprovalState.Sending, Sends = approval.Sends + 1, AttemptId = attemptId, AttemptAt = now }
            : approval;

    /// <summary>There is nobody any more whom it could reach.</summary>
    public static Approval Gone(this Approval approval, string reason) =>
        approval.State is ApprovalState.Approved ? approval with { State = ApprovalState.Failed, Reason = reason } : approval;

    /// <summary>How the call ended. The answer of a call that was given up is still true, unless another one began.</summary>
    public static Approval End(this Approval approval, Guid attemptId, SendEnd end, DateTimeOffset now)
    {
        if (approval.AttemptId != attemptId || approval.State is not (ApprovalState.Sending or ApprovalState.Unknown))
            return approval;

        return end.Kind switch
        {
            SendEndKind.Sent => approval with { State = ApprovalState.Sent, EffectId = end.EffectId, Reason = null },
            SendEndKind.Refused => approval with { State = ApprovalState.Failed, Reason = end.Reason },
            SendEndKind.NotSent => (approval.UnknownAt is null ? approval.Ready(now) : approval with { State = ApprovalState.Unknown }) with { Sends = approval.Sends - 1, Reason = end.Reason },
            _ when approval.State is ApprovalState.Unknown => approval,
            _ => approval with { State = ApprovalState.Unknown, UnknownAt = now, Reason = end.Reason },
        };
    }

    /// <summary>A worker died, or lost its lease, and its call has certainly ended by now.</summary>
    public static Approval Abandon(this Approval approval, TimeSpan abandonedAfter, DateTimeOffset now) =>
        approval.State is ApprovalState.Sending && approval.AttemptAt + abandonedAfter <= now
            ? approval with { State = ApprovalState.Unknown, UnknownAt = now, Reason = "Whoever sent it was stopped before the answer came." }
            : approval;

    public static Approval Found(this Approval approval, Guid attemptId, string effectId) =>
        approval.State is ApprovalState.Unknown && approval.AttemptId == attemptId
            ? approval with { State = ApprovalState.Sent, EffectId = effectId, Reason = null }
            : approval;

    /// <summary>It was looked for, and is not there. That proves something only if the look began late enough.</summary>
    /// <param name="lookedFrom">When the look began.</param>
    public static Approval Absent(this Approval approval, Guid attemptId, DateTimeOffset lookedFrom, TimeSpan settleWindow, int maxSends, DateTimeOffset now)
    {
        if (approval.State is not ApprovalState.Unknown || approval.AttemptId != attemptId || lookedFrom - approval.UnknownAt < settleWindow)
            return approval;

        return approval.Sends >= maxSends
            ? approval with { State = ApprovalState.Failed, Reason = $"It was sent {approval.Sends} times, and never arrived." }
            : approval.Ready(now);
    }

    /// <summary>The target is not as those who decide saw it: they decide again.</summary>
    /// <param name="attemptId">Of the call that was refused for it, and had no effect; null when none was made.</param>
    public static Approval Outdate(this Approval approval, string? version, string newHash, Guid? attemptId = null)
    {
        var refused = attemptId is not null && approval.AttemptId == attemptId && approval.State is ApprovalState.Sending or ApprovalState.Unknown;
        if (!refused && (attemptId is not null || approval.State is not (ApprovalState.Pending or ApprovalState.Approved)))
            return approval;

        return approval with
        {
            State = ApprovalState.Pending,
            TargetVersion = version,
            Hash = newHash,
            Revision = approval.Revision + 1,
            ApprovedBy = [],
            Stale = true,
            Sends = approval.Sends - (refused ? 1 : 0),
            UnknownAt = null,
        };
    }

    public static Approval Expire(this Approval approval, DateTimeOffset now) =>
        approval.State is ApprovalState.Pending or ApprovalState.Approved && approval.ExpiresAt <= now
            ? approval with { State = ApprovalState.Expired }
            : approval;

    /// <summary>It surely had no effect: it may be sent, if its time is not over.</summary>
    internal static Approval Ready(this Approval approval, DateTimeOffset now) =>
        approval with { State = now < approval.ExpiresAt ? ApprovalState.Approved : ApprovalState.Expired, UnknownAt = null };

    /// <summary>What the sender does now.</summary>
    public static SendStep Next(this Approval approval, TimeSpan abandonedAfter, DateTimeOffset now) => approval.State switch
    {
        ApprovalState.Approved when approval.ExpiresAt <= now => SendStep.Expire,
        ApprovalState.Approved => SendStep.Send,
        ApprovalState.Sending when now < approval.AttemptAt + abandonedAfter => SendStep.Wait,
        ApprovalState.Sending => SendStep.Abandon,
        ApprovalState.Unknown => SendStep.Look,
        _ => SendStep.Nothing,
    };
}

internal enum SendStep { Nothing, Expire, Send, Wait, Abandon, Look }

internal enum SendEndKind { Sent, NotSent, Lost, Refused }

/// <summary>How one call ended: it had its effect, surely had none and may be repeated, had none and never will, or nobody knows.</summary>
internal sealed record SendEnd(SendEndKind Kind, string? EffectId = null, string? Reason = null)
{
    /// <summary>What the provider said of each item; it is sealed, and printed nowhere.</summary>
    public string? Result { get; init; }

    public static SendEnd Sent(string effectId, string? result = null) => new(SendEndKind.Sent, effectId) { Result = result };

    public static SendEnd NotSent(string reason) => new(SendEndKind.NotSent, Reason: reason);

    public static SendEnd Lost(string reason) => new(SendEndKind.Lost, Reason: reason);

    public static SendEnd Refused(string reason, string? result = null) => new(SendEndKind.Refused, Reason: reason) { Result = result };

    public override string ToString() => $"{Kind} {EffectId}";
}
