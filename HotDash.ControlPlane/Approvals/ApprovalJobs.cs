namespace HotDash.ControlPlane.Approvals;

/// <summary>The background work of the feature, by the names under which it is queued.</summary>
public static class ApprovalJobs
{
    public const string Send = "approvals.send";
    public const string Expire = "approvals.expire";
    public const string MirrorGrades = "approvals.mirror-grades";

    /// <summary>What was approved ends by its own rules; a dead job would strand it.</summary>
    internal const int NeverDead = 1_000_000;
}

/// <summary>Sends what was approved.</summary>
public sealed record SendApprovedPayload(Guid ApprovalId);
