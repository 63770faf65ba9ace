using System.Text;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using HotDash.Integrations.Publer;
using Npgsql;

namespace HotDash.ControlPlane.Social;

/// <summary>
/// Releases a post that people approved: from then on it goes the way of every other, which publishes it exactly once. What is published is what they
/// approved, not what was stored when it was asked for.
/// </summary>
internal sealed class ApprovedPosts(NpgsqlDataSource store, JobQueue queue, PublerOptions publer) : IGuardedOperation
{
    public string Kind => GuardedKinds.SocialPost;

    public string Account => publer.WorkspaceId;

    public byte[] Compose(Guid id, int revision, string content) => PostContent.Read(Encoding.UTF8.GetBytes(content)).Write();

    public string ContentOf(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    /// <summary>A post is about nothing that could change meanwhile.</summary>
    public Task<string?> VersionAsync(string target, CancellationToken ct) => Task.FromResult<string?>(null);

    public async Task<Existing?> FindExistingAsync(GuardedTarget target, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(target);
        var released = await store.QueryFirstAsync<string>("select job_id from social_posts where approval_id = @Id and released_at is not null", new { target.Id }, ct);
        return released is null ? null : new(released);
    }

    public async Task<Existing> SendAsync(ApprovedAction action, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(action);
        var (target, post) = (action.Target, PostContent.Read(action.TakeBytes().Span));

        await using var connection = await store.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var sendJob = Guid.CreateVersion7();
        if (await ReleaseAsync(transaction, target, post, sendJob, ct))
            await queue.EnqueueSendAsync(transaction, target.Target, ct, sendJob);

        await transaction.CommitAsync(CancellationToken.None); // a commit that is cancelled half-way leaves its outcome unknown
        queue.Wake();
        return new(target.Target);
    }

    /// <returns>False when that was done before.</returns>
    private static async Task<bool> ReleaseAsync(NpgsqlTransaction transaction, GuardedTarget target, PostContent post, Guid sendJob, CancellationToken ct)
    {
        var released = await transaction.ExecuteAsync(
            """
            update social_posts set body = @Text, scheduled_at = @ScheduledAt, send_job = @sendJob, released_at = hotdash_now()
            where job_id = @Target and approval_id = @Id and released_at is null and finished_at is null
            """,
            new { target.Target, target.Id, post.Text, post.ScheduledAt, sendJob }, ct) is 1;
        if (!released)
            return false;

        // An account that was added is looked at when the post is sent.
        await transaction.ExecuteAsync(
            """
            delete from social_targets where job_id = @Target and account_id <> all (@accounts);
            insert into social_targets (job_id, account_id, identity, state)
            select @Target, account, identity, 'waiting' from unnest(@accounts, @identities) as approved (account, identity)
            on conflict (job_id, account_id) do update set identity = excluded.identity
            """,
            new { target.Target, accounts = post.AccountIds.ToArray(), identities = post.AccountIds.Select(account => PostIdentity.Of(account, post.Text)).ToArray() }, ct);
        return true;
    }
}
