using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using HotDash.Integrations.Publer;
using Npgsql;

namespace HotDash.ControlPlane.Social;

/// <summary>What the jobs need to know about posts and attempts.</summary>
public sealed class SocialLedger(NpgsqlDataSource store)
{
    /// <summary>The attempt with those of its targets that are still in flight; null when none is.</summary>
    public async Task<AttemptInFlight?> FindAsync(Guid attemptId, CancellationToken ct)
    {
        var rows = await store.QueryAsync<Row>(
            """
            select a.phase as Phase, a.scheduled as Scheduled, a.started_at as StartedAt, hotdash_now() - a.started_at as Age,
                   hotdash_now() - a.done_at as SinceDone, a.provider_job_id as ProviderJobId,
                   t.job_id as JobId, t.account_id as AccountId, p.body as Text, p.scheduled_at as ScheduledAt
            from social_attempts a
            join social_targets t on t.attempt_id = a.id and t.state = 'in_flight'
            join social_posts p using (job_id)
            where a.id = @attemptId
            """,
            new { attemptId }, ct);

        return rows is [var first, ..]
            ? new(attemptId, SnakeCase.Parse<AttemptPhase>(first.Phase), first.Scheduled, new(first.StartedAt), first.Age,
                first.SinceDone, first.ProviderJobId, [.. rows.Select(row => row.ToTarget())])
            : null;
    }

    /// <summary>Which of these posts at the provider are already known as the effect of one of ours.</summary>
    public async Task<IReadOnlySet<string>> BoundAsync(IEnumerable<string> providerPostIds, CancellationToken ct) =>
        (await store.QueryAsync<string>(
            """
            select provider_post_id from social_receipts where provider_post_id = any(@ids)
            union select provider_post_id from social_past_receipts where provider_post_id = any(@ids)
            """,
            new { ids = providerPostIds.ToArray() }, ct))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>Accounts of the post that wait, but whose network nobody has told us yet.</summary>
    public Task<IReadOnlyList<string>> UncheckedAccountsAsync(string jobId, CancellationToken ct) => store.QueryAsync<string>(
        "select account_id from social_targets where job_id = @jobId and state = 'waiting' and network is null", new { jobId }, ct);

    public static Task NameAccountAsync(NpgsqlTransaction transaction, string jobId, PublerAccount account, CancellationToken ct) =>
        transaction.ExecuteAsync(
            "update social_targets set network = @Provider, account_name = @Name where job_id = @jobId and account_id = @Id",
            new { jobId, account.Id, account.Provider, account.Name }, ct);

    public async Task<long> CountLateAsync(TimeSpan lateAfter, CancellationToken ct) => (await store.QueryAsync<long>(
        "select count(*) from social_posts where finished_at is null and released_at < hotdash_now() - @lateAfter", new { lateAfter }, ct))[0];

    public async Task<int> PruneIdempotencyKeysAsync(TimeSpan kept, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        return await IdempotencyKeys.PruneAsync(connection, kept, ct);
    }

    private sealed record Row(
        string Phase, bool Scheduled, DateTime StartedAt, TimeSpan Age, TimeSpan? SinceDone, string? ProviderJobId,
        string JobId, string AccountId, string Text, DateTime? ScheduledAt)
    {
        public TargetInFlight ToTarget() => new(JobId, AccountId, Text, ScheduledAt.ToOffset());
    }
}
