using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using Npgsql;

namespace HotDash.ControlPlane.Approvals;

/// <summary>An approval as its table has it.</summary>
internal sealed class ApprovalRow
{
    public Guid Id { get; init; }
    public required string Kind { get; init; }
    public required string Account { get; init; }
    public required string Target { get; init; }
    public string? TargetVersion { get; init; }
    public required string Hash { get; init; }
    public int Revision { get; init; }
    public required string State { get; init; }
    public int Risk { get; init; }
    public int Required { get; init; }
    public required string Requester { get; init; }
    public required string[] Authors { get; init; }
    public required string[] ApprovedBy { get; init; }
    public DateTime CreatedAt { get; init; }
    public DateTime ExpiresAt { get; init; }
    public string? Reason { get; init; }
    public bool Stale { get; init; }
    public int Sends { get; init; }
    public Guid? AttemptId { get; init; }
    public DateTime? AttemptAt { get; init; }
    public DateTime? UnknownAt { get; init; }
    public string? EffectId { get; init; }

    /// <summary>The database's time when it was read.</summary>
    public DateTime Now { get; init; }

    public const string Select =
        """
        select id as Id, kind as Kind, account as Account, target as Target, target_version as TargetVersion, hash as Hash, revision as Revision, state as State,
               risk as Risk, required as Required, requester as Requester, authors as Authors, approved_by as ApprovedBy, created_at as CreatedAt, expires_at as ExpiresAt,
               why as Reason, stale as Stale, sends as Sends, attempt_id as AttemptId, attempt_at as AttemptAt, unknown_at as UnknownAt, effect_id as EffectId,
               hotdash_now() as Now
        from approvals
        """;

    public Approval ToApproval() => new(
        Id, Kind, Account, Target, TargetVersion, Hash, Revision, SnakeCase.Parse<ApprovalState>(State), Risk, Required, Requester, Authors, ApprovedBy, new(CreatedAt), new(ExpiresAt))
    {
        Reason = Reason,
        Stale = Stale,
        Sends = Sends,
        AttemptId = AttemptId,
        AttemptAt = AttemptAt.ToOffset(),
        UnknownAt = UnknownAt.ToOffset(),
        EffectId = EffectId,
    };

    /// <summary>Until the transaction ends nobody else changes it.</summary>
    public static Task<ApprovalRow?> LockAsync(NpgsqlTransaction transaction, Guid id, CancellationToken ct) =>
        transaction.QueryFirstAsync<ApprovalRow>($"{Select} where id = @id for update", new { id }, ct);

    public static Task WriteAsync(NpgsqlTransaction transaction, Approval approval, CancellationToken ct) => transaction.ExecuteAsync(
        """
        insert into approvals (id, kind, account, target, target_version, hash, revision, state, risk, required, requester, authors, approved_by, created_at, expires_at,
                               changed_at, decided_at, why, stale, sends, attempt_id, attempt_at, unknown_at, effect_id)
        values (@Id, @Kind, @Account, @Target, @TargetVersion, @Hash, @Revision, @state, @Risk, @Required, @Requester, @authors, @approvedBy, @created, @expires,
                hotdash_now(), case when @state <> 'pending' then hotdash_now() end, @Reason, @Stale, @Sends, @AttemptId, @attempted, @unknown, @EffectId)
        on conflict (id) do update set
          target_version = excluded.target_version, hash = excluded.hash, revision = excluded.revision, state = excluded.state, authors = excluded.authors,
          approved_by = excluded.approved_by, changed_at = excluded.changed_at,
          decided_at = case when excluded.state <> 'pending' then coalesce(approvals.decided_at, excluded.decided_at) end, why = excluded.why, stale = excluded.stale, sends = excluded.sends,
          attempt_id = excluded.attempt_id, attempt_at = excluded.attempt_at, unknown_at = excluded.unknown_at, effect_id = excluded.effect_id
        """,
        new
        {
            approval.Id,
            approval.Kind,
            approval.Account,
            approval.Target,
            approval.TargetVersion,
            approval.Hash,
            approval.Revision,
            state = approval.State.ToSnakeCase(),
            approval.Risk,
            approval.Required,
            approval.Requester,
            authors = approval.Authors.ToArray(),
            approvedBy = approval.ApprovedBy.ToArray(),
            created = approval.CreatedAt.UtcDateTime,
            expires = approval.ExpiresAt.UtcDateTime,
            approval.Reason,
            approval.Stale,
            approval.Sends,
            approval.AttemptId,
            attempted = approval.AttemptAt?.UtcDateTime,
            unknown = approval.UnknownAt?.UtcDateTime,
            approval.EffectId,
        }, ct);
}
