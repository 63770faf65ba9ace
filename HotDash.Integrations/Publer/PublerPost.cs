using System.Text.Json.Serialization;

namespace HotDash.Integrations.Publer;

/// <summary>What accounts, posts and media belong to.</summary>
public sealed record PublerWorkspace(string Id, string Name);

/// <summary>A file of the library; the type is Publer's word for it, such as <c>photo</c>.</summary>
public sealed record PublerMedia(string Id, string Type, string Name);

/// <summary>A connected social account; the provider is Publer's name of the network, such as <c>twitter</c>.</summary>
public sealed record PublerAccount(string Id, string Provider, string Name)
{
    /// <summary>
    /// Whether its network has posts of text alone, which are all that HotDash sends; the others ask for a picture, a video or an article.
    /// https://publer.com/docs/posting/create-posts
    /// </summary>
    [JsonIgnore]
    public bool TakesText => Provider is not ("instagram" or "pinterest" or "tiktok" or "youtube") && !Provider.StartsWith("wordpress", StringComparison.Ordinal);
}

/// <summary>A post to hand over: at once, or at a time at least a minute ahead.</summary>
public sealed record PublerPost(string Text, IReadOnlyList<PublerAccount> Accounts, DateTimeOffset? ScheduledAt);

/// <summary>A post as Publer lists it: one per account.</summary>
public sealed record PublerPostRecord(
    string Id, string Text, string AccountId, string State, DateTimeOffset? ScheduledAt, DateTimeOffset? CreatedAt, string? PostLink);
