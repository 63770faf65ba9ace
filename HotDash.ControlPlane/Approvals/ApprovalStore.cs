using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HotDash.ControlPlane.Approvals;

/// <summary>
/// Takes in actions and what people decide about them. Each change is one transaction: the approval, its revision, its audit entry, and the job that
/// sends it once it is approved.
/// </summary>
public sealed class ApprovalStore(NpgsqlDataSource store, ActionVault vault, JobQueue queue, GuardedOperations operations, IOptions<ApprovalOptions> options)
{
    private const int FirstRevision = 1;

    /// <summary>Asks for an action. Enough people must approve it before it is done.</summary>
    /// <exception cref="ContentRefusedException">It is nothing that can be done.</exception>
    public async Task<Approval> RequestAsync(NewAction action, string by, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(action);
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var approval = await RequestAsync(transaction, action, by, ct);
        await transaction.CommitAsync(CancellationToken.None); // a commit that is cancelled half-way leaves its outcome unknown

        queue.Wake();
        return approval;
    }

    /// <returns>Null when there is no such approval; so do the others.</returns>
    /// <param name="hash">Of what whoever decides has seen.</param>
    /// <exception cref="ApprovalRefusedException">The decision does not count; the others throw it, too.</exception>
    public Task<Approval?> ApproveAsync(Guid id, string hash, string by, CancellationToken ct) =>
        MoveAsync(id, ApprovalAudit.Approve, by, null, (approval, now) => approval.Approve(by, hash, now), ct);

    public Task<Approval?> RejectAsync(Guid id, string hash, string reason, string by, CancellationToken ct) =>
        MoveAsync(id, "reject", by, reason, (approval, now) => approval.Reject(by, hash, reason, now), ct);

    /// <summary>Says of an action of unknown outcome what somebody found at the provider.</summary>
    public Task<Approval?> SettleAsync(Guid id, bool happened, string reason, string by, CancellationToken ct) =>
        MoveAsync(id, "settle", by, reason, (approval, now) => approval.Settle(happened, reason, options.Value.SettleWindow, now), ct);

    /// <summary>Puts other words in its place. Whoever does so cannot approve it any more; what was there before is kept.</summary>
    /// <exception cref="ContentRefusedException">They are nothing that can be done.</exception>
    public async Task<Approval?> EditAsync(Guid id, string hash, string content, string by, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await ApprovalRow.LockAsync(transaction, id, ct) is not { } row)
            return null;

        var before = row.ToApproval();
        var bytes = operations.Of(before.Kind).Compose(id, before.Revision + 1, content);
        var after = before.Edit(by, hash, Revisions.Hash(before, bytes), new(row.Now));
        if (ReferenceEquals(after, before))
            return before;

        await Revisions.AddAsync(transaction, vault, after, by, bytes, ct);
        await ApprovalAudit.SaveAsync(transaction, before, after, ApprovalAudit.Edit, by, null, ct);
        await transaction.CommitAsync(CancellationToken.None);
        return after;
    }

    /// <summary>Whether anybody has to approve such actions; those of the others are not asked for.</summary>
    internal bool AsksPeople(string kind) => options.Value.PolicyOf(kind).Required > 0;

    internal async Task<Approval> RequestAsync(NpgsqlTransaction transaction, NewAction action, string by, CancellationToken ct)
    {
        var (operation, policy) = (operations.Of(action.Kind), options.Value.PolicyOf(action.Kind));
        var bytes = operation.Compose(action.Id, FirstRevision, action.Content);
        var now = new DateTimeOffset(await transaction.QueryFirstAsync<DateTime>("select hotdash_now()", new { }, ct));
        var hash = ActionHash.Of(action.Kind, operation.Account, action.Target, action.TargetVersion, bytes);
        var approval = new Approval(
            action.Id, action.Kind, operation.Account, action.Target, action.TargetVersion, hash, FirstRevision, ApprovalState.Pending, action.Risk ?? policy.Risk!.Value, policy.Required!.Value,
            by, [by], [], now, now + policy.ExpiresAfter!.Value)
        {
            Stale = action.Stale,
        };

        await ApprovalAudit.SaveAsync(transaction, null, approval, ApprovalAudit.Request, by, null, ct);
        await Revisions.AddAsync(transaction, vault, approval, by, bytes, ct);
        return approval;
    }

    private async Task<Approval?> MoveAsync(Guid id, string action, string by, string? reason, Func<Approval, DateTimeOffset, Approval> move, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await ApprovalRow.LockAsync(transaction, id, ct) is not { } row)
            return null;

        var before = row.ToApproval();
        var after = move(before, new(row.Now));
        if (ReferenceEquals(after, before))
            return before;

        await ApprovalAudit.SaveAsync(transaction, before, after, action, by, reason, ct);
        if (after.State is ApprovalState.Approved)
            await EnqueueAsync(transaction, after, ct);
        await transaction.CommitAsync(CancellationToken.None);

        queue.Wake();
        return after;
    }

    private Task<Guid> EnqueueAsync(NpgsqlTransaction transaction, Approval approval, CancellationToken ct) => queue.EnqueueAsync(
        transaction.Connection!, transaction, ApprovalJobs.Send, new SendApprovedPayload(approval.Id), new() { MaxAttempts = ApprovalJobs.NeverDead }, ct);
}
