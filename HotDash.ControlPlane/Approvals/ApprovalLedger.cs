using HotDash.ControlPlane.Audit;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using Npgsql;

namespace HotDash.ControlPlane.Approvals;

/// <summary>The sender's side of approvals, and the one place where an <see cref="ApprovedAction"/> is made.</summary>
internal sealed class ApprovalLedger(NpgsqlDataSource store, ActionVault vault)
{
    /// <returns>It, and the database's time; null when it is gone.</returns>
    public async Task<(Approval Approval, DateTimeOffset Now)?> ReadAsync(Guid id, CancellationToken ct) =>
        await store.QueryFirstAsync<ApprovalRow>($"{ApprovalRow.Select} where id = @id", new { id }, ct) is { } row ? (row.ToApproval(), new(row.Now)) : null;

    /// <summary>
    /// Writes down that it is being sent, after all was verified once more: it is approved, by enough people of whom none wrote it, its time is not over, and its
    /// bytes are those that the decisions named.
    /// </summary>
    /// <returns>Null when it must not be sent.</returns>
    public async Task<ApprovedAction?> BeginAsync(NpgsqlTransaction transaction, Guid id, Guid attemptId, bool repeats, CancellationToken ct)
    {
        if (await ApprovalRow.LockAsync(transaction, id, ct) is not { } row)
            return null;

        var before = row.ToApproval();
        var after = before.Begin(attemptId, new(row.Now), repeats);
        if (ReferenceEquals(after, before))
            return null;

        var bytes = IsDecided(before) ? await Revisions.BytesAsync(transaction, vault, before, ct) : null;
        if (bytes is null)
        {
            var failed = before with { State = ApprovalState.Failed, Reason = "What is stored is not what was approved, or cannot be opened." };
            await ApprovalAudit.SaveAsync(transaction, before, failed, "fail", AuditChange.HotDash, failed.Reason, ct);
            return null;
        }

        await ApprovalAudit.SaveAsync(transaction, before, after, ApprovalAudit.Send, AuditChange.HotDash, null, ct);
        return new(after.Guarded, bytes);
    }

    public async Task EndAsync(NpgsqlTransaction transaction, Guid id, Guid attemptId, SendEnd end, CancellationToken ct)
    {
        await MoveAsync(transaction, id, (approval, now) => approval.End(attemptId, end, now), ct);
        if (end.Result is { } result)
            await transaction.ExecuteAsync("update approvals set result = @box where id = @id and attempt_id = @attemptId", new { id, attemptId, box = vault.SealResult(id, result) }, ct);
    }

    /// <summary>Makes a move if it still is one.</summary>
    public static async Task MoveAsync(NpgsqlTransaction transaction, Guid id, Func<Approval, DateTimeOffset, Approval> move, CancellationToken ct)
    {
        if (await ApprovalRow.LockAsync(transaction, id, ct) is not { } row)
            return;

        var before = row.ToApproval();
        var after = move(before, new(row.Now));
        if (!ReferenceEquals(after, before))
            await ApprovalAudit.SaveAsync(transaction, before, after, ActionOf(after.State), AuditChange.HotDash, after.Reason, ct);
    }

    /// <summary>The target has another version now: the same bytes are to be approved for that one.</summary>
    public async Task OutdateAsync(NpgsqlTransaction transaction, Guid id, string? version, CancellationToken ct)
    {
        if (await ApprovalRow.LockAsync(transaction, id, ct) is { } row && row.ToApproval() is var before && await Revisions.BytesAsync(transaction, vault, before, ct) is { } bytes)
            await RenewAsync(transaction, before, before.Outdate(version, Revisions.Hash(before with { TargetVersion = version }, bytes)), bytes, ct);
    }

    /// <summary>The provider has other values than those that were approved: the action for the present ones is to be approved.</summary>
    public async Task OutdateAsync(NpgsqlTransaction transaction, Guid id, Guid attemptId, IGuardedOperation operation, string content, CancellationToken ct)
    {
        if (await ApprovalRow.LockAsync(transaction, id, ct) is not { } row)
            return;

        var before = row.ToApproval();
        var bytes = operation.Compose(id, before.Revision + 1, content);
        await RenewAsync(transaction, before, before.Outdate(before.TargetVersion, Revisions.Hash(before, bytes), attemptId), bytes, ct);
    }

    private async Task RenewAsync(NpgsqlTransaction transaction, Approval before, Approval after, byte[] bytes, CancellationToken ct)
    {
        if (ReferenceEquals(after, before))
            return;

        await Revisions.AddAsync(transaction, vault, after, AuditChange.HotDash, bytes, ct);
        await ApprovalAudit.SaveAsync(transaction, before, after, ApprovalAudit.Outdate, AuditChange.HotDash, "The target has changed since it was asked for.", ct);
    }

    /// <summary>Those whose time is over; a batch, so that no transaction gets long.</summary>
    public static async Task<int> ExpireAsync(NpgsqlTransaction transaction, CancellationToken ct)
    {
        var ids = await transaction.QueryAsync<Guid>(
            "select id from approvals where state in ('pending', 'approved') and expires_at <= hotdash_now() order by expires_at limit 100", new { }, ct);
        foreach (var id in ids)
            await MoveAsync(transaction, id, (approval, now) => approval.Expire(now), ct);

        return ids.Count;
    }

    private static bool IsDecided(Approval approval) =>
        approval.ApprovedBy.Distinct(StringComparer.Ordinal).Except(approval.Authors, StringComparer.Ordinal).Count() >= approval.Required;

    private static string ActionOf(ApprovalState state) => state switch
    {
        ApprovalState.Sent => ApprovalAudit.Sent,
        ApprovalState.Unknown => "lose",
        ApprovalState.Expired => "expire",
        ApprovalState.Failed => "fail",
        _ => "not-sent",
    };
}
