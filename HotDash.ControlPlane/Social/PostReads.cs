using HotDash.ControlPlane.Reads;
using HotDash.ControlPlane.Store;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HotDash.ControlPlane.Social;

/// <summary>Shows posts as they are in the store.</summary>
public sealed class PostReads(NpgsqlDataSource store, IOptions<SocialOptions> options)
{
    /// <returns>Null when there is no such post.</returns>
    public async Task<PostView?> FindAsync(string jobId, CancellationToken ct) =>
        (await ReadAsync("where job_id = @jobId", new() { JobId = jobId }, ct)).SingleOrDefault();

    /// <summary>Newest first; a status of null means any.</summary>
    public async Task<Page<PostView>> ListAsync(string? status, PostPosition? after, int limit, CancellationToken ct)
    {
        var posts = await ReadAsync(
            $"""
            where true
            {(status is null ? "" : "and status = @Status")}
            {(after is null ? "" : "and (accepted_at, job_id) < (@AcceptedAt, @JobId)")}
            order by accepted_at desc, job_id desc
            limit @Take
            """,
            new() { Status = status, AcceptedAt = after?.AcceptedAt.UtcDateTime, JobId = after?.JobId, Take = limit + 1 }, ct);

        return Page.Of(posts, limit, post => new PostPosition(post.AcceptedAt, post.JobId));
    }

    private async Task<List<PostView>> ReadAsync(string which, Query query, CancellationToken ct)
    {
        query.LateAfter = options.Value.LateAfter;

        var rows = await store.QueryAsync<Row>(
            $"""
            with p as (select * from social_posts {which})
            select p.job_id as JobId, p.source as Source, p.status as Status, p.body as Text, p.scheduled_at as ScheduledAt,
                   p.accepted_at as AcceptedAt, p.finished_at as FinishedAt,
                   p.finished_at is null and coalesce(p.released_at < hotdash_now() - @LateAfter, false) as Late, p.approval_id as ApprovalId,
                   t.account_id as AccountId, t.network as Network, t.state as State,
                   coalesce(r.provider_job_id, a.provider_job_id) as ProviderJobId, r.post_link as PostLink, r.error as Error,
                   coalesce(r.unknown, false) as Unknown, r.at as EndedAt, l.id as DeadLetterId
            from p
            join social_targets t using (job_id)
            left join social_attempts a on a.id = t.attempt_id
            left join social_receipts r on r.job_id = t.job_id and r.account_id = t.account_id
            left join dead_letters l on t.state = 'failed' and l.subject = {SocialLetters.SubjectSql}
            order by p.accepted_at desc, p.job_id desc, t.account_id
            """,
            query, ct);

        return [.. rows.GroupBy(row => row.JobId, StringComparer.Ordinal).Select(post => View([.. post]))];
    }

    private static PostView View(Row[] rows)
    {
        var post = rows[0];
        return new(post.JobId, post.Source, post.Status, post.Text, post.ScheduledAt.ToOffset(), new(post.AcceptedAt), post.FinishedAt.ToOffset(), post.Late, post.ApprovalId,
            [.. rows.Select(row => new TargetView(
                row.AccountId, row.Network, StatusOf(row.State), row.ProviderJobId, row.PostLink, row.Error, row.Unknown, row.EndedAt.ToOffset(), row.DeadLetterId))]);
    }

    private static string StatusOf(string state) => state switch { "waiting" => "pending", "in_flight" => "processing", _ => state };

    private sealed class Query
    {
        public string? JobId { get; init; }

        public string? Status { get; init; }

        public DateTime? AcceptedAt { get; init; }

        public int Take { get; init; }

        public TimeSpan LateAfter { get; set; }
    }

    private sealed record Row(
        string JobId, string Source, string Status, string Text, DateTime? ScheduledAt, DateTime AcceptedAt, DateTime? FinishedAt, bool Late, Guid? ApprovalId,
        string AccountId, string? Network, string State, string? ProviderJobId, string? PostLink, string? Error, bool Unknown, DateTime? EndedAt, Guid? DeadLetterId);
}
