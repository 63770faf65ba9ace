using System.Text.Json;
using System.Text.Json.Serialization;

namespace HotDash.Sandbox.Publer;

/// <summary>The body of both submitting routes, as far as the sandbox acts on it. Times stay text: they are judged in the job.</summary>
internal sealed class Submission
{
    [JsonPropertyName("bulk"), JsonRequired]
    public Bulk Bulk { get; init; } = new();
}

internal sealed class Bulk
{
    [JsonPropertyName("state"), JsonRequired]
    public string State { get; init; } = "";

    [JsonPropertyName("posts"), JsonRequired]
    public IReadOnlyList<BulkPost> Posts { get; init; } = [];
}

internal sealed class BulkPost
{
    [JsonPropertyName("networks"), JsonRequired]
    public IReadOnlyDictionary<string, Content> Networks { get; init; } = new Dictionary<string, Content>(StringComparer.Ordinal);

    [JsonPropertyName("accounts")]
    public IReadOnlyList<Target> Accounts { get; init; } = [];
}

internal sealed class Content
{
    [JsonPropertyName("type"), JsonRequired]
    public string Type { get; init; } = "";

    [JsonPropertyName("text")]
    public string? Text { get; init; }

    [JsonPropertyName("media")]
    public JsonElement Media { get; init; }
}

internal sealed class Target
{
    [JsonPropertyName("id"), JsonRequired]
    public string Id { get; init; } = "";

    [JsonPropertyName("scheduled_at")]
    public string? ScheduledAt { get; init; }
}
