using System.Globalization;

namespace HotDash.Integrations.Publer;

/// <summary>The one body that both of Publer's submitting routes take; without a time it is published at once.</summary>
internal static class PublerSubmission
{
    public static ProviderRequest Request(IReadOnlyList<PublerPost> posts)
    {
        ArgumentOutOfRangeException.ThrowIfZero(posts.Count, nameof(posts));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(posts.Count, PublerClient.MaxPostsPerCall, nameof(posts));
        var scheduled = posts[0].ScheduledAt is not null;
        if (posts.Any(post => post.ScheduledAt is not null != scheduled))
            throw new ArgumentException("Posts to publish at once and scheduled posts do not go into one call.", nameof(posts));

        return new(HttpMethod.Post, scheduled ? "api/v1/posts/schedule" : "api/v1/posts/schedule/publish")
        {
            Content = JsonBody.Of(new Submission(new("scheduled", [.. posts.Select(Post)])), PublerJson.Default.Submission),
        };
    }

    private static BulkPost Post(PublerPost post) => new(
        post.Accounts.Select(account => account.Provider).Distinct(StringComparer.Ordinal)
            .ToDictionary(provider => provider, _ => new NetworkContent("status", post.Text), StringComparer.Ordinal),
        [.. post.Accounts.Select(account => new Target(account.Id, Time(post.ScheduledAt)))]);

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
