using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using HotDash.ControlPlane.Approvals;
using HotDash.ControlPlane.Audit;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Reads;
using HotDash.Integrations;
using HotDash.Integrations.Publer;
using Npgsql;

namespace HotDash.ControlPlane.Social;

/// <summary>
/// Accepts posts: the post, its job or, where people must approve it, its approval, and the caller's idempotency key are stored in one transaction, or
/// nothing is.
/// </summary>
public sealed class PostIntake(NpgsqlDataSource store, JobQueue queue, ApprovalStore approvals, PublerOptions publer)
{
    /// <summary>The provider takes scheduled posts no later than this before their time.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);

    /// <summary>What an earlier request with this key was answered; null when there was none.</summary>
    public async Task<Acceptance?> RecallAsync(IdempotencyKey key, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        return await IdempotencyKeys.FindAsync(connection, null, key, ct);
    }

    /// <exception cref="IntegrationException">The integration is live but its credentials are missing.</exception>
    public async Task<Acceptance> AcceptAsync(NewPost post, CancellationToken ct)
    {
        // The post decides, and once: its job carries out what was accepted. Of a cohort is who sends it.
        var id = Guid.CreateVersion7().ToString();
        var state = publer.StateFor(new(id, CallUnit.Current?.Cohort));
        CredentialsMissing.Refuse(publer, state);

        await using var connection = await store.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);

        if (post.IdempotencyKey is { } key)
        {
            if (!await IdempotencyKeys.TryLockAsync(connection, transaction, key, ct))
                return new(AcceptanceResult.InFlight);
            if (await IdempotencyKeys.FindAsync(connection, transaction, key, ct) is { } earlier)
                return earlier;
        }

        var stored = state is IntegrationState.Live
            ? await StoreLiveAsync(connection, transaction, id, post, ct)
            : await StoreMockAsync(connection, transaction, post, ct);
        if (stored is not { } jobId)
            return new(AcceptanceResult.TooSoon);

        if (post.IdempotencyKey is not null)
            await IdempotencyKeys.SaveAsync(connection, transaction, post.IdempotencyKey, jobId, ct);
        await transaction.AuditAsync(new(AuditKinds.Post, jobId, "schedule", post.Actor, After: new { post.ScheduledAt, accounts = post.Targets.Select(target => target.AccountId) }), ct);

        await transaction.CommitAsync(CancellationToken.None); // a commit that is cancelled half-way leaves its outcome unknown
        queue.Wake();
        SocialTelemetry.Accepted.Add(1);
        return new(AcceptanceResult.Accepted, jobId);
    }

    private async Task<string?> StoreLiveAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string jobId, NewPost post, CancellationToken ct)
    {
        var row = new Row(jobId, publer.Source, "pending", "waiting", post);
        if (approvals.AsksPeople(GuardedKinds.SocialPost))
            return await AskAsync(connection, transaction, row, ct);

        var sendJob = Guid.CreateVersion7();
        if (!await InsertAsync(connection, transaction, row with { SendJob = sendJob }, ct))
            return null;

        await queue.EnqueueSendAsync(transaction, jobId, ct, sendJob);
        return jobId;
    }

    /// <summary>It waits, without a job, until people have approved it.</summary>
    private async Task<string?> AskAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Row row, CancellationToken ct)
    {
        var action = new NewAction { Kind = GuardedKinds.SocialPost, Target = row.JobId, Content = Encoding.UTF8.GetString(PostContent.Of(row.Post).Write()) };
        if (!await InsertAsync(connection, transaction, row with { ApprovalId = action.Id }, ct))
            return null;

        await approvals.RequestAsync(transaction, action, row.Post.Actor, ct);
        return row.JobId;
    }

    /// <summary>Nothing waits for it, so it is complete at once, and says that it is mock.</summary>
    private static async Task<string?> StoreMockAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, NewPost post, CancellationToken ct)
    {
        var number = await connection.ExecuteScalarAsync<long>(new CommandDefinition("select nextval('social_mock_jobs')", null, transaction, cancellationToken: ct));
        var jobId = string.Create(CultureInfo.InvariantCulture, $"mock-job-{number}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}");
        if (!await InsertAsync(connection, transaction, new(jobId, Sources.Mock, "complete", "complete", post), ct))
            return null;

        await connection.ExecuteAsync(new CommandDefinition(
            """
            update social_posts set finished_at = accepted_at where job_id = @jobId;
            insert into social_receipts (job_id, account_id, status, provider_job_id, post_link)
            select job_id, account_id, 'complete', job_id, 'https://publer.example/' || job_id || '/' || account_id
            from social_targets where job_id = @jobId
            """,
            new { jobId }, transaction, cancellationToken: ct));
        return jobId;
    }

    /// <returns>False when the post's time is too near. The store's clock decides.</returns>
    private static async Task<bool> InsertAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Row row, CancellationToken ct)
    {
        var post = row.Post;
        var inserted = await connection.ExecuteAsync(new CommandDefinition(
            """
            with post as (
                insert into social_posts (job_id, source, key_id, body, scheduled_at, status, send_job, approval_id, released_at)
                select @JobId, @Source, @KeyId, @Text, @scheduledAt, @Status, @SendJob, @ApprovalId, case when @ApprovalId is null then hotdash_now() end
                where @scheduledAt::timestamptz is null or @scheduledAt >= hotdash_now() + @Ahead
                returning job_id)
            insert into social_targets (job_id, account_id, network, account_name, identity, state)
            select job_id, t.*, @State from post, unnest(@accounts, @networks, @names, @identities) t
            """,
            new
            {
                row.JobId,
                row.Source,
                post.KeyId,
                post.Text,
                row.Status,
                row.SendJob,
                row.ApprovalId,
                row.State,
                Ahead,
                scheduledAt = post.ScheduledAt?.ToUniversalTime(),
                accounts = post.Targets.Select(t => t.AccountId).ToArray(),
                networks = post.Targets.Select(t => t.Network).ToArray(),
                names = post.Targets.Select(t => t.Name).ToArray(),
                identities = post.Targets.Select(t => PostIdentity.Of(t.AccountId, post.Text)).ToArray(),
            },
            transaction, cancellationToken: ct));

        return inserted > 0;
    }

    private sealed record Row(string JobId, string Source, string Status, string State, NewPost Post, Guid? SendJob = null, Guid? ApprovalId = null);
}
