using HotDash.ControlPlane.Audit;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.Approvals;

/// <summary>What people think of an action, from 1 (bad) to 5 (good). Each has one grade, the last. A job copies it to the merchant's own table.</summary>
public sealed class ApprovalGrades(NpgsqlDataSource store, ActionVault vault, JobQueue queue)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    /// <returns>False when there is no such approval.</returns>
    public async Task<bool> GradeAsync(Guid id, Grade grade, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(grade);
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await transaction.ExecuteAsync(
            """
            insert into approval_grades (approval_id, grader, at, tone, accuracy, policy, comment)
            select id, @Grader, hotdash_now(), @Tone, @Accuracy, @Policy, @comment from approvals where id = @id
            on conflict (approval_id, grader) do update set
              at = excluded.at, tone = excluded.tone, accuracy = excluded.accuracy, policy = excluded.policy, comment = excluded.comment, mirrored_at = null
            """,
            new { id, grade.Grader, grade.Tone, grade.Accuracy, grade.Policy, comment = vault.SealComment(id, grade.Grader, grade.Comment) }, ct) == 0)
            return false;

        await transaction.AuditAsync(
            new(AuditKinds.Approval, id.ToString(), "grade", grade.Grader, null, new { grade.Tone, grade.Accuracy, grade.Policy }), ct); // the comment may quote the customer
        await queue.HastenAsync(transaction, ApprovalJobs.MirrorGrades, Soon, ct);
        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    public async Task<IReadOnlyList<Grade>> OfAsync(Guid id, CancellationToken ct)
    {
        var rows = await store.QueryAsync<(string Grader, int Tone, int Accuracy, int Policy, byte[]? Comment, DateTime? Mirrored)>(
            "select grader, tone, accuracy, policy, comment, mirrored_at from approval_grades where approval_id = @id order by at", new { id }, ct);

        return
        [
            .. rows.Select(row => new Grade(row.Grader, row.Tone, row.Accuracy, row.Policy)
            {
                Comment = vault.OpenComment(id, row.Grader, row.Comment),
                MirroredAt = row.Mirrored.ToOffset(),
            }),
        ];
    }
}

/// <summary>It prints no comment.</summary>
public sealed record Grade(string Grader, int Tone, int Accuracy, int Policy)
{
    public string? Comment { get; init; }

    /// <summary>Since when the merchant's own table has it, without the comment; null: not yet.</summary>
    public DateTimeOffset? MirroredAt { get; init; }

    public override string ToString() => $"{Tone} {Accuracy} {Policy}";
}
