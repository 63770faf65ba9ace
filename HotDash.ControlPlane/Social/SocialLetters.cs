using System.Diagnostics;
using System.Text.Json;
using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.Social;

/// <summary>
/// Posts that could not be delivered are dead letters, one for each account. Replaying one puts it back on the path that publishes
/// posts exactly once: a post of unknown outcome is looked up first, by the attempt that it went out with.
/// </summary>
public sealed class SocialLetters(DeadLetterStore letters, JobQueue queue) : IReplayPath
{
    /// <summary>The SQL for the subject of a target <c>t</c>.</summary>
    internal const string SubjectSql = "'social:' || t.job_id || ':' || t.account_id";

    private const string Prefix = "social:";
    private static readonly TimeSpan WhileBlocked = TimeSpan.FromSeconds(15);

    public bool Takes(string subject) => subject.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The target has ended: a failure is kept, a success settles the letter of an earlier failure.</summary>
    internal async Task EndedAsync(NpgsqlTransaction transaction, TargetEnd end, CancellationToken ct)
    {
        if (!end.Complete)
            await letters.KeepAsync(transaction, await LetterAsync(transaction, end, ct), ct);
        else if (await transaction.QueryFirstAsync<Guid?>(
            "select id from dead_letters where subject = @subject", new { subject = Subject(end.JobId, end.AccountId) }, ct) is { } known)
            await LetterEnds.WriteAsync(transaction, known, attemptId: null, LetterEnd.Replayed, ct);
    }

    public async Task<Reopening> ReopenAsync(NpgsqlTransaction transaction, string subject, bool outcomeUnknown, CancellationToken ct)
    {
        var parts = subject.Split(':', 3);
        var (jobId, accountId) = (parts[1], parts[2]);
        var target = await transaction.QueryFirstAsync<Target>(
            """
            select t.state as State, t.attempt_id as AttemptId,
                   exists (select from social_targets f where f.identity = t.identity and f.state = 'in_flight') as Blocked
            from social_posts p join social_targets t using (job_id)
            where job_id = @jobId and account_id = @accountId for update of p
            """,
            new { jobId, accountId }, ct);

        return target switch
        {
            not { State: "failed" } => new(Refusal: "The post is on its way, or was published meanwhile."),
            { Blocked: true } => new(Wait: WhileBlocked),
            { AttemptId: { } attemptId } when outcomeUnknown => await LookUpAsync(transaction, jobId, accountId, attemptId, ct),
            _ => await SendAsync(transaction, jobId, accountId, ct),
        };
    }

    private async Task<Reopening> LookUpAsync(NpgsqlTransaction transaction, string jobId, string accountId, Guid attemptId, CancellationToken ct)
    {
        await WriteAsync(transaction, "in_flight", new { jobId, accountId, attemptId = (Guid?)attemptId }, ct);
        await transaction.ExecuteAsync("update social_attempts set phase = 'unknown' where id = @attemptId and phase = 'sending'", new { attemptId }, ct);
        await queue.EnqueueAsync(transaction.Connection!, transaction, SocialJobs.TrackPost, new TrackPostPayload(attemptId),
            new EnqueueOptions { MaxAttempts = SocialJobs.NeverDead }, ct);

        return Reopening.Done;
    }

    private async Task<Reopening> SendAsync(NpgsqlTransaction transaction, string jobId, string accountId, CancellationToken ct)
    {
        await WriteAsync(transaction, "waiting", new { jobId, accountId, attemptId = (Guid?)null }, ct);
        await queue.EnqueueSendAgainAsync(transaction, jobId, ct);

        return Reopening.Done;
    }

    private static async Task WriteAsync(NpgsqlTransaction transaction, string state, object target, CancellationToken ct) =>
        await transaction.ExecuteAsync(
            $"""
            with ended as (
                delete from social_receipts where job_id = @jobId and account_id = @accountId returning *),
            kept as (
                insert into social_past_receipts select * from ended),
            opened as (
                update social_posts set status = 'processing', finished_at = null, late_is_fine = true where job_id = @jobId)
            update social_targets set state = '{state}', attempt_id = @attemptId, tries = 0, due_at = hotdash_now()
            where job_id = @jobId and account_id = @accountId
            """,
            target, ct);

    private static async Task<NewLetter> LetterAsync(NpgsqlTransaction transaction, TargetEnd end, CancellationToken ct)
    {
        var post = (await transaction.QueryFirstAsync<Post>(
            """
            select p.body as Text, p.scheduled_at as ScheduledAt, p.accepted_at as AcceptedAt, coalesce(k.name || ' ', '') || p.key_id as Origin,
                   t.tries + case when t.attempt_id is null then 0 else 1 end as Attempts, a.started_at as SentAt
            from social_posts p join social_targets t using (job_id)
            left join social_attempts a on a.id = t.attempt_id
            left join api_keys k on k.id = p.key_id
            where job_id = @JobId and account_id = @AccountId
            """,
            new { end.JobId, end.AccountId }, ct))!;

        return new()
        {
            Integration = "publer",
            Operation = "publish-post",
            Request = new()
            {
                Method = "POST",
                Path = "api/social/post",
                Body = JsonSerializer.SerializeToUtf8Bytes(new { text = post.Text, accountIds = new[] { end.AccountId }, scheduledAt = post.ScheduledAt }),
            },
            Failure = end.Failure,
            Attempts = post.Attempts,
            FirstAt = new DateTimeOffset(post.AcceptedAt),
            LastAt = post.SentAt.ToOffset(),
            TraceId = Activity.Current?.TraceId.ToString(),
            Origin = post.Origin,
            Subject = Subject(end.JobId, end.AccountId),
        };
    }

    private static string Subject(string jobId, string accountId) => $"{Prefix}{jobId}:{accountId}";

    private sealed record Target(string State, Guid? AttemptId, bool Blocked);

    private sealed record Post(string Text, DateTime? ScheduledAt, DateTime AcceptedAt, string Origin, int Attempts, DateTime? SentAt);
}
