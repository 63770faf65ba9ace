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
}

/// <summary>Sends what waits of the post.</summary>
public sealed record SendPostPayload(string JobId);

/// <summary>Follows one call to the provider until each of its posts has ended, or waits again.</summary>
public sealed record TrackPostPayload(Guid AttemptId);

/// <summary>Copies the receipts of a finished post to Supabase.</summary>
public sealed record MirrorReceiptsPayload(string JobId);
