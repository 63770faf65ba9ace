using HotDash.ControlPlane.Approvals;

namespace HotDash.Api.Features.Approvals;

/// <summary>An approval as callers see it: nothing of what is sent.</summary>
/// <param name="Hash">Decisions name it: SHA-256 over what will be sent, to whom, and for which version of the target.</param>
/// <param name="Risk">1 (low) to 3 (high).</param>
/// <param name="Required">So many people must approve it.</param>
/// <param name="Authors">Who asked for it or edited it: they cannot approve it.</param>
/// <param name="Stale">The target changed after it was asked for: it waits for another look.</param>
/// <param name="EffectId">The provider's id of what came of it.</param>
internal sealed record ApprovalReply(
    Guid Id, string Kind, string Account, string Target, string? TargetVersion, string Hash, int Revision, ApprovalState State, int Risk, int Required,
    IReadOnlyList<string> ApprovedBy, string Requester, IReadOnlyList<string> Authors, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, string? Reason, bool Stale, int Sends,
    string? EffectId)
{
    public static ApprovalReply Of(Approval approval) => new(
        approval.Id, approval.Kind, approval.Account, approval.Target, approval.TargetVersion, approval.Hash, approval.Revision, approval.State, approval.Risk, approval.Required,
        approval.ApprovedBy, approval.Requester, approval.Authors, approval.CreatedAt, approval.ExpiresAt, approval.Reason, approval.Stale, approval.Sends, approval.EffectId);
}
