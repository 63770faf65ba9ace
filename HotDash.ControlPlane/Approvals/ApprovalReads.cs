using HotDash.ControlPlane.Reads;
using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.Approvals;

/// <summary>Shows what is to be decided, and what became of it.</summary>
public sealed class ApprovalReads(NpgsqlDataSource store, ActionVault vault, GuardedOperations operations)
{
    /// <summary>The riskiest first, and of those the oldest.</summary>
    public async Task<Page<Approval>> ListAsync(ApprovalFilter filter, ApprovalPosition? after, int limit, CancellationToken ct)
    {
        var rows = await store.QueryAsync<ApprovalRow>(
            $"""
            {ApprovalRow.Select}
            where {ApprovalFilter.Sql}
              and (@afterRisk::int is null or risk < @afterRisk or (risk = @afterRisk and (created_at, id) > (@afterAt, @afterId)))
            order by risk desc, created_at, id limit @take
            """,
            filter.Parameters(new { afterRisk = after?.Risk, afterAt = after?.CreatedAt.UtcDateTime, afterId = after?.Id, take = limit + 1 }), ct);

        return Page.Of(rows.Select(row => row.ToApproval()), limit, last => new ApprovalPosition(last.Risk, last.CreatedAt, last.Id));
    }

    public async Task<Approval?> FindAsync(Guid id, CancellationToken ct) =>
        (await store.QueryFirstAsync<ApprovalRow>($"{ApprovalRow.Select} where id = @id", new { id }, ct))?.ToApproval();

    /// <summary>What was to be sent, the first wording first.</summary>
    public async Task<IReadOnlyList<ApprovalRevision>> RevisionsAsync(Approval approval, CancellationToken ct)
    {
        var rows = await store.QueryAsync<Row>(
            """
            select revision as Revision, author as Author, at as At, target_version as TargetVersion, hash as Hash, bytes as Bytes
            from approval_revisions where approval_id = @Id order by revision
            """,
            new { approval.Id }, ct);

        return [.. rows.Select(row => new ApprovalRevision(row.Revision, row.Author, new(row.At), row.TargetVersion, row.Hash, ContentOf(approval, row)))];
    }

    /// <summary>What the provider said of each item, and showed afterwards; null where there is nothing to be said.</summary>
    public async Task<string?> ResultAsync(Guid id, CancellationToken ct) =>
        vault.OpenResult(id, await store.QueryFirstAsync<byte[]>("select result from approvals where id = @id", new { id }, ct));

    private string? ContentOf(Approval approval, Row row) =>
        vault.Open(approval.Id, row.Revision, row.Bytes) is { } bytes ? operations.Find(approval.Kind)?.ContentOf(bytes) : null;

    private sealed record Row(int Revision, string Author, DateTime At, string? TargetVersion, string Hash, byte[] Bytes);
}

/// <summary>One wording.</summary>
public sealed class ApprovalRevision(int revision, string author, DateTimeOffset at, string? targetVersion, string hash, string? content)
{
    public int Revision => revision;

    /// <summary>HotDash, where the target changed and the words stayed.</summary>
    public string Author => author;

    public DateTimeOffset At => at;

    public string? TargetVersion => targetVersion;

    public string Hash => hash;

    /// <summary>Null when it cannot be opened any more.</summary>
    public string? Content => content;
}

/// <summary>Where a page ended.</summary>
public sealed record ApprovalPosition(int Risk, DateTimeOffset CreatedAt, Guid Id) : Cursor;
