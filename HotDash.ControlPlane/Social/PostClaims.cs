using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Store;
using HotDash.Integrations.Publer;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HotDash.ControlPlane.Social;

/// <summary>
/// Chooses what goes into the next call: the post that a job stands for, and others of the same kind that wait too. The attempt,
/// and the job that follows it whatever happens, are written before the call.
/// </summary>
public sealed class PostClaims(JobQueue queue, IOptions<SocialOptions> options)
{
    /// <summary>A post is handed over with its time while the provider surely still takes that; later it waits, and goes at once.</summary>
    private static readonly TimeSpan Ahead = PostIntake.Ahead + TimeSpan.FromSeconds(30);

    private static readonly TimeSpan WhileBusy = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan WhileBlocked = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(1);

    /// <param name="transaction">That of the job's lease.</param>
    /// <param name="jobId">The post.</param>
    /// <param name="sendJob">The queued job that asks. One that was replaced by a newer job gets nothing.</param>
    /// <param name="ct">Gives up before anything is written.</param>
    public async Task<Claim> ClaimAsync(NpgsqlTransaction transaction, string jobId, Guid sendJob, CancellationToken ct)
    {
        var query = new Query(jobId, sendJob, Ahead, options.Value.MissedAfter);
        // Nobody queues for the lock: the sessions of a frozen process would get their turn too, and keep it.
        if (await transaction.QueryFirstAsync<bool>("select pg_try_advisory_xact_lock(hashtextextended('social.claim', 0))", query, ct) is false)
            return new(null, WhileBusy);

        var lead = await transaction.QueryFirstAsync<Lead>(LeadSql, query, ct);
        return lead switch
        {
            null => Claim.Nothing,
            { Missed: true } => new(null, null, Missed: true),
            { Wait: var wait } when wait > TimeSpan.Zero => new(null, wait),
            _ => await WriteAsync(transaction, query with { Scheduled = lead.Scheduled, JobIds = [jobId] }, lead, ct),
        };
    }

    private async Task<Claim> WriteAsync(NpgsqlTransaction transaction, Query query, Lead lead, CancellationToken ct)
    {
        if (!lead.Alone)
            query = query with { JobIds = [query.JobId, .. await transaction.QueryAsync<string>(RidersSql, query, ct)] };

        var rows = await transaction.QueryAsync<Row>(WriteSql, query, ct);
        if (rows is [])
            return new(null, WhileBlocked);

        await queue.EnqueueAsync(transaction.Connection!, transaction, SocialJobs.TrackPost, new TrackPostPayload(query.AttemptId),
            new EnqueueOptions { Delay = FirstLook, MaxAttempts = SocialJobs.NeverDead }, ct);

        // An account where a lookalike is in flight stays behind; this job must come back for it.
        var isWhole = rows.Count(row => row.JobId == query.JobId) == lead.Waiting;
        return new(
            new(query.AttemptId, query.Scheduled, [.. rows.GroupBy(row => row.JobId, StringComparer.Ordinal).Select(Post)]),
            isWhole ? null : WhileBlocked);
    }

    private static AttemptPost Post(IGrouping<string, Row> rows) => new(
        rows.Key,
        rows.First().Text,
        rows.First().ScheduledAt.ToOffset(),
        [.. rows.Select(row => new PublerAccount(row.AccountId, row.Network, row.AccountName ?? row.AccountId))]);

    /// <summary>Locks the post and says whether and how it may go now. No row when nothing of it waits, or a newer job has it.</summary>
    private const string LeadSql =
        """
        with own as (select * from social_posts where job_id = @JobId and send_job = @SendJob for update)
        select coalesce(own.scheduled_at > hotdash_now() + @Ahead, false) as Scheduled,
               coalesce(own.scheduled_at < hotdash_now() - @MissedAfter and not own.late_is_fine, false) as Missed,
               greatest(
                   min(t.due_at) - hotdash_now(),
                   case when own.scheduled_at <= hotdash_now() + @Ahead then own.scheduled_at - hotdash_now() end,
                   interval '0') as Wait,
               bool_or(t.alone) as Alone,
               count(*) as Waiting
        from own join social_targets t using (job_id)
        where t.state = 'waiting'
        group by own.scheduled_at, own.late_is_fine
        """;

    /// <summary>Others of the same kind; scheduled ones for the same day only, so that a look-up has little to read.</summary>
    private const string RidersSql =
        """
        select p.job_id
        from social_posts p
        where p.job_id <> @JobId and p.status in ('pending', 'processing') and p.released_at is not null
          and exists (select from social_targets t where t.job_id = p.job_id and t.state = 'waiting' and t.due_at <= hotdash_now() and not t.alone)
          and case when @Scheduled
                then p.scheduled_at > hotdash_now() + @Ahead
                     and (p.scheduled_at at time zone 'utc')::date
                       = (select (scheduled_at at time zone 'utc')::date from social_posts where job_id = @JobId)
                else p.scheduled_at is null or p.scheduled_at between hotdash_now() - @MissedAfter and hotdash_now() end
        order by p.accepted_at
        limit @Riders
        for update of p skip locked
        """;

    /// <summary>Of identical targets one is taken, and none while one is in flight. Nothing is taken unless the post itself is.</summary>
    private const string WriteSql =
        """
        with ready as (
            select distinct on (t.identity) t.job_id, t.account_id
            from social_targets t join social_posts p using (job_id)
            where t.job_id = any(@JobIds) and t.state = 'waiting' and t.due_at <= hotdash_now() and t.network is not null
              and (not t.alone or t.job_id = @JobId)
              and not exists (select from social_targets f where f.identity = t.identity and f.state = 'in_flight')
            order by t.identity, p.job_id = @JobId desc, p.accepted_at, t.job_id),
        attempt as (
            insert into social_attempts (id, phase, scheduled)
            select @AttemptId, 'sending', @Scheduled where exists (select from ready where job_id = @JobId)
            returning id),
        taken as (
            update social_targets t set state = 'in_flight', attempt_id = attempt.id
            from ready, attempt where t.job_id = ready.job_id and t.account_id = ready.account_id
            returning t.job_id, t.account_id, t.network, t.account_name),
        marked as (
            update social_posts set status = 'processing' where job_id in (select job_id from taken))
        select p.job_id as JobId, p.body as Text, p.scheduled_at as ScheduledAt,
               taken.account_id as AccountId, taken.network as Network, taken.account_name as AccountName
        from taken join social_posts p using (job_id)
        order by p.accepted_at, p.job_id, taken.account_id
        """;

    private sealed record Query(string JobId, Guid SendJob, TimeSpan Ahead, TimeSpan MissedAfter)
    {
        public Guid AttemptId { get; } = Guid.CreateVersion7();

        public bool Scheduled { get; init; }

        public string[] JobIds { get; init; } = [];

        public int Riders { get; } = PublerClient.MaxPostsPerCall - 1;
    }

    private sealed record Lead(bool Scheduled, bool Missed, TimeSpan Wait, bool Alone, long Waiting);

    private sealed record Row(string JobId, string Text, DateTime? ScheduledAt, string AccountId, string Network, string? AccountName);
}
