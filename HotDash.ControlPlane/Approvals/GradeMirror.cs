using HotDash.ControlPlane.Store;
using HotDash.Integrations.Supabase;
using Npgsql;

namespace HotDash.ControlPlane.Approvals;

/// <summary>Which grades the merchant's own table does not have yet, as they are now. They stay here, too.</summary>
internal sealed class GradeMirror(NpgsqlDataSource store)
{
    public async Task<IReadOnlyList<ApprovalGrade>> NextAsync(int most, CancellationToken ct)
    {
        var rows = await store.QueryAsync<Row>(
            """
            select g.approval_id as ApprovalId, a.kind as Kind, g.grader as Grader, g.tone as Tone, g.accuracy as Accuracy, g.policy as Policy, g.at as At
            from approval_grades g join approvals a on a.id = g.approval_id
            where g.mirrored_at is null order by g.at, g.approval_id, g.grader limit @most
            """,
            new { most }, ct);

        return [.. rows.Select(row => new ApprovalGrade(row.ApprovalId, row.Kind, row.Grader, row.Tone, row.Accuracy, row.Policy, new(row.At)))];
    }

    /// <summary>One that was changed meanwhile goes again.</summary>
    public Task MirroredAsync(IReadOnlyList<ApprovalGrade> grades, CancellationToken ct) => store.ExecuteAsync(
        """
        update approval_grades g set mirrored_at = hotdash_now()
        from unnest(@ids, @graders, @times) as sent (id, grader, at) where g.approval_id = sent.id and g.grader = sent.grader and g.at = sent.at
        """,
        new
        {
            ids = grades.Select(grade => grade.ApprovalId).ToArray(),
            graders = grades.Select(grade => grade.Grader).ToArray(),
            times = grades.Select(grade => grade.At.UtcDateTime).ToArray(),
        }, ct);

    private sealed record Row(Guid ApprovalId, string Kind, string Grader, int Tone, int Accuracy, int Policy, DateTime At);
}
