using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Store;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HotDash.ControlPlane.Social;

/// <summary>
/// Writes down what became of a call and of each of its targets. Every method runs in the caller's fenced transaction and changes
/// only what still belongs to the attempt, so that a late answer never touches a newer one.
/// </summary>
public sealed class SocialOutcomes(JobQueue queue, SocialLetters letters, IOptions<SocialOptions> options)
{
    /// <summary>The provider took the posts.</summary>
    public static Task SubmittedAsync(NpgsqlTransaction transaction, Guid attemptId, string providerJobId, CancellationToken ct) =>
        transaction.ExecuteAsync(
            "update social_attempts set phase = 'submitted', provider_job_id = @providerJobId, submitted_at = hotdash_now() where id = @attemptId",
            new { attemptId, providerJobId }, ct);

    /// <summary>Nobody knows whether the provider took the posts.</summary>
    public static Task UnknownAsync(NpgsqlTransaction transaction, Guid attemptId, CancellationToken ct) =>
        transaction.ExecuteAsync(
            "update social_attempts set phase = 'unknown' where id = @attemptId and phase = 'sending'", new { attemptId }, ct);

    /// <summary>The provider says that its job has ended; the first time counts.</summary>
    public static Task DoneAsync(NpgsqlTransaction transaction, Guid attemptId, CancellationToken ct) =>
        transaction.ExecuteAsync(
            "update social_attempts set done_at = coalesce(done_at, hotdash_now()) where id = @attemptId", new { attemptId }, ct);

    /// <summary>The call had no effect for what is still in flight: it waits again, each post with a new job.</summary>
    public async Task ReturnAsync(NpgsqlTransaction transaction, Guid attemptId, PutBack why, CancellationToken ct)
    {
        await LockPostsAsync(transaction, await PostsInFlightAsync(transaction, attemptId, ct), ct);
        if (why.Counted)
            await GiveUpAsync(transaction, attemptId, why, ct);

        var posts = await transaction.QueryAsync<string>(
            """
            with back as (
                update social_targets
                set state = 'waiting', attempt_id = null, alone = @Alone, tries = tries + @Tries,
                    due_at = hotdash_now() + least(@Wait * power(2, @Tries * least(tries, 10)), greatest(@Wait, interval '5 minutes'))
                where attempt_id = @attemptId and state = 'in_flight'
                returning job_id)
            select distinct job_id from back order by job_id
            """,
            new { attemptId, why.Wait, why.Alone, Tries = why.Counted ? 1 : 0 }, ct);

        foreach (var jobId in posts)
            await queue.EnqueueSendAgainAsync(transaction, jobId, ct, why.Wait);
        await RefreshAsync(transaction, posts, ct);
    }

    /// <summary>These targets of the attempt are over. An attempt of null ends what waits.</summary>
    public async Task EndAsync(NpgsqlTransaction transaction, Guid? attemptId, IReadOnlyCollection<TargetEnd> ends, CancellationToken ct)
    {
        var posts = ends.Select(end => end.JobId).Distinct(StringComparer.Ordinal).ToArray();
        await LockPostsAsync(transaction, posts, ct);

        foreach (var end in ends)
            await WriteReceiptAsync(transaction, attemptId, end, ct);

        await RefreshAsync(transaction, posts, ct);
    }

    /// <summary>Whatever of the post still waits will not be sent.</summary>
    public async Task EndWaitingAsync(NpgsqlTransaction transaction, string jobId, string code, string error, CancellationToken ct)
    {
        var accounts = await transaction.QueryAsync<string>(
            "select account_id from social_targets where job_id = @jobId and state = 'waiting'", new { jobId }, ct);

        await EndAsync(transaction, null, [.. accounts.Select(account => new TargetEnd(jobId, account, Complete: false, Error: error, Code: code))], ct);
    }

    /// <summary>Posts that people did not approve end without having been sent.</summary>
    public async Task EndUnapprovedAsync(NpgsqlTransaction transaction, CancellationToken ct)
    {
        var refused = await transaction.QueryAsync<(string JobId, string AccountId, string? Error)>(
            """
            select t.job_id, t.account_id, case a.state
                when 'rejected' then 'It was rejected: ' || a.why
                when 'expired' then 'Nobody approved it in time.'
                else a.why end
            from social_posts p join approvals a on a.id = p.approval_id join social_targets t using (job_id)
            where p.released_at is null and p.finished_at is null and a.state in ('rejected', 'expired', 'failed') and t.state = 'waiting'
            order by t.job_id, t.account_id limit 1000
            """,
            new { }, ct);

        await EndAsync(transaction, null, [.. refused.Select(t => new TargetEnd(t.JobId, t.AccountId, Complete: false, Error: t.Error, MayBeSentAgain: false))], ct);
    }

    private async Task GiveUpAsync(NpgsqlTransaction transaction, Guid attemptId, PutBack why, CancellationToken ct)
    {
        var wornOut = await transaction.QueryAsync<(string JobId, string AccountId)>(
            "select job_id, account_id from social_targets where attempt_id = @attemptId and state = 'in_flight' and tries + 1 >= @MaxTries",
            new { attemptId, options.Value.MaxTries }, ct);

        await EndAsync(transaction, attemptId,
            [.. wornOut.Select(t => new TargetEnd(t.JobId, t.AccountId, Complete: false, Error: $"Undeliverable after {options.Value.MaxTries} tries ({why.Code}).", Code: why.Code))],
            ct);
    }

    private static Task<IReadOnlyList<string>> PostsInFlightAsync(NpgsqlTransaction transaction, Guid attemptId, CancellationToken ct) =>
        transaction.QueryAsync<string>(
            "select distinct job_id from social_targets where attempt_id = @attemptId and state = 'in_flight'", new { attemptId }, ct);

    /// <summary>In one order everywhere, so that two writers wait for each other instead of deadlocking.</summary>
    private static Task<int> LockPostsAsync(NpgsqlTransaction transaction, IReadOnlyCollection<string> jobIds, CancellationToken ct) =>
        transaction.ExecuteAsync(
            "select from social_posts where job_id = any(@jobIds) order by job_id for update", new { jobIds = jobIds.ToArray() }, ct);

    private async Task WriteReceiptAsync(NpgsqlTransaction transaction, Guid? attemptId, TargetEnd end, CancellationToken ct)
    {
        var status = end.Complete ? "complete" : "failed";
        var written = await transaction.ExecuteAsync(
            """
            with ended as (
                update social_targets set state = @status
                where job_id = @JobId and account_id = @AccountId and state in ('waiting', 'in_flight') and attempt_id is not distinct from @attemptId
                returning attempt_id)
            insert into social_receipts (job_id, account_id, status, provider_job_id, provider_post_id, post_link, error, unknown)
            select @JobId, @AccountId, @status, (select provider_job_id from social_attempts where id = ended.attempt_id),
                   @ProviderPostId, @PostLink, @Error, @Unknown
            from ended
            """,
            new { attemptId, status, end.JobId, end.AccountId, end.ProviderPostId, end.PostLink, end.Error, end.Unknown }, ct);

        if (written > 0 && end.MayBeSentAgain)
            await letters.EndedAsync(transaction, end, ct);
        SocialTelemetry.Ended.Add(written, new KeyValuePair<string, object?>("status", status));
    }

    private async Task RefreshAsync(NpgsqlTransaction transaction, IReadOnlyCollection<string> jobIds, CancellationToken ct)
    {
        var finished = await transaction.QueryAsync<string>(
            """
            with sum as (
                select job_id,
                    bool_and(state in ('complete', 'failed')) as ended,
                    case when not bool_and(state in ('complete', 'failed')) then case when bool_and(state = 'waiting') then 'pending' else 'processing' end
                         when bool_or(state = 'failed') then 'failed'
                         else 'complete' end as status
                from social_targets where job_id = any(@jobIds) group by job_id),
            refreshed as (
                update social_posts p set status = sum.status, finished_at = case when sum.ended then hotdash_now() end
                from sum where p.job_id = sum.job_id and p.finished_at is null
                returning p.job_id, sum.ended)
            select job_id from refreshed where ended
            """,
            new { jobIds = jobIds.ToArray() }, ct);

        foreach (var jobId in finished)
            await queue.EnqueueAsync(transaction.Connection!, transaction, SocialJobs.MirrorReceipts, new MirrorReceiptsPayload(jobId), ct: ct);
    }
}

/// <summary>Why targets wait again.</summary>
/// <param name="Code">The failure's code.</param>
/// <param name="Wait">For how long; when tries are counted, twice as long each time, up to five minutes.</param>
/// <param name="Counted">Whether it uses up one of the tries.</param>
/// <param name="Alone">The provider refused them together: each goes by itself next, so that it answers for itself.</param>
public sealed record PutBack(string Code, TimeSpan Wait, bool Counted, bool Alone = false);
