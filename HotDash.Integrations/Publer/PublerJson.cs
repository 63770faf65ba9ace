using System.Text.Json;
using System.Text.Json.Serialization;

namespace HotDash.Integrations.Publer;

/// <summary>What goes over the wire. Publer's pages and its OpenAPI file disagree on replies; <see cref="PublerReplies"/> reads those.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Submission))]
[JsonSerializable(typeof(IReadOnlyList<AccountRow>))]
[JsonSerializable(typeof(IReadOnlyList<WorkspaceRow>))]
[JsonSerializable(typeof(MediaRow))]
[JsonSerializable(typeof(MediaSource))]
[JsonSerializable(typeof(PostsPage))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class PublerJson : JsonSerializerContext;

internal sealed record Submission(Bulk Bulk);

internal sealed record Bulk(string State, IReadOnlyList<BulkPost> Posts);

internal sealed record BulkPost(IReadOnlyDictionary<string, NetworkContent> Networks, IReadOnlyList<Target> Accounts);

internal sealed record NetworkContent(string Type, string Text);

/// <summary>The time belongs to the account, not to the post.</summary>
internal sealed record Target(string Id, string? ScheduledAt);

internal sealed class AccountRow
{
    [JsonRequired] public string Id { get; init; } = "";
    [JsonRequired] public string Provider { get; init; } = "";
    [JsonRequired] public string Name { get; init; } = "";
}

internal sealed class WorkspaceRow
{
    [JsonRequired] public string Id { get; init; } = "";
    [JsonRequired] public string Name { get; init; } = "";
}

internal sealed class MediaRow
{
    [JsonRequired] public string Id { get; init; } = "";
    [JsonRequired] public string Type { get; init; } = "";
    [JsonRequired] public string Name { get; init; } = "";
}

internal sealed record MediaSource(IReadOnlyList<MediaAddress> Media, string Type);

internal sealed record MediaAddress(string Url, string Name);

internal sealed class PostsPage
{
    [JsonRequired] public IReadOnlyList<PostRow?> Posts { get; init; } = [];
    [JsonRequired] public int TotalPages { get; init; }
}

internal sealed class PostRow
{
    [JsonRequired] public string Id { get; init; } = "";
    [JsonRequired] public string AccountId { get; init; } = "";
    [JsonRequired] public string State { get; init; } = "";
    public string? Text { get; init; }
    public DateTimeOffset? ScheduledAt { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public string? PostLink { get; init; }

    public PublerPostRecord ToPost() => new(Id, Text ?? "", AccountId, State, ScheduledAt, CreatedAt, PostLink);
}
