using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.Social;

/// <summary>The background work of the feature, by the names under which it is queued.</summary>
public static class SocialJobs
{
    public const string SendPost = "social.send-post";
    public const string TrackPost = "social.track-post";
    public const string MirrorReceipts = "social.mirror-receipts";
    public const string WatchPosts = "social.watch-posts";

    /// <summary>These jobs end by their own rules; a dead one would strand a post.</summary>
    internal const int NeverDead = 1_000_000;

    /// <param name="id">The post's <c>send_job</c>, where it is stored already.</param>
    internal static Task<Guid> EnqueueSendAsync(
        this JobQueue queue, NpgsqlTransaction transaction, string jobId, CancellationToken ct, Guid? id = null, TimeSpan? delay = null) =>
        queue.EnqueueAsync(transaction.Connection!, transaction, SendPost, new SendPostPayload(jobId), new EnqueueOptions { Id = id, Delay = delay, MaxAttempts = NeverDead }, ct);

    /// <summary>A new job sends what waits of the post; an older one has nothing to do any more.</summary>
    internal static async Task EnqueueSendAgainAsync(this JobQueue queue, NpgsqlTransaction transaction, string jobId, CancellationToken ct, TimeSpan? delay = null)
    {
        var job = await queue.EnqueueSendAsync(transaction, jobId, ct, delay: delay);
        await transaction.ExecuteAsync("update social_posts set send_job = @job where job_id = @jobId", new { job, jobId }, ct);
    }
}

/// <summary>Sends what waits of the post.</summary>
public sealed record SendPostPayload(string JobId);

/// <summary>Follows one call to the provider until each of its posts has ended, or waits again.</summary>
public sealed record TrackPostPayload(Guid AttemptId);

/// <summary>Copies the receipts of a finished post to Supabase.</summary>
public sealed record MirrorReceiptsPayload(string JobId);
