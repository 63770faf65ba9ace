using HotDash.ControlPlane.Audit;
using Npgsql;

namespace HotDash.ControlPlane.Approvals;

/// <summary>Each change of an approval with its entry: what is changed without one cannot be proved.</summary>
internal static class ApprovalAudit
{
    public const string Request = "request";
    public const string Edit = "edit";
    public const string Approve = "approve";
    public const string Outdate = "outdate";
    public const string Send = "send";
    public const string Sent = "sent";

    /// <param name="before">Null when it is new.</param>
    public static async Task SaveAsync(NpgsqlTransaction transaction, Approval? before, Approval after, string action, string by, string? reason, CancellationToken ct)
    {
        await ApprovalRow.WriteAsync(transaction, after, ct);
        await transaction.AuditAsync(new(AuditKinds.Approval, after.Id.ToString(), action, by, before is null ? null : Fact.Of(before), Fact.Of(after), reason), ct);
    }

    /// <summary>What of an approval is in the audit: nothing of what is sent but its hash.</summary>
    internal sealed record Fact(
        string Kind, string Account, string Target, string? TargetVersion, ApprovalState State, string Hash, int Revision, int Approvals, int Required, int Sends, Guid? AttemptId,
        string? EffectId)
    {
        public static Fact Of(Approval approval) => new(
            approval.Kind, approval.Account, approval.Target, approval.TargetVersion, approval.State, approval.Hash, approval.Revision, approval.ApprovedBy.Count,
            approval.Required, approval.Sends, approval.AttemptId, approval.EffectId);
    }
}
