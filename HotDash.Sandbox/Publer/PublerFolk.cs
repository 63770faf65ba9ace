using System.Text.Json.Serialization;

namespace HotDash.Sandbox.Publer;

/// <summary>The user, the workspace and the social accounts that the sandbox is born with.</summary>
internal static class PublerFolk
{
    public static object Me { get; } = new
    {
        id = "user-sandbox",
        email = "operator@shop.example",
        name = "Sandbox Operator",
        first_name = "Sandbox",
        picture = "https://pictures.example/operator.png",
    };

    public static object Workspace(string id) => new
    {
        id,
        owner = Me,
        name = "Sandbox shop",
        members = Array.Empty<object>(),
        plan = "business",
        picture = "https://pictures.example/shop.png",
    };

    public static IReadOnlyList<Account> Accounts(Ids ids) =>
    [
        .. new[] { ("facebook", "page"), ("instagram", "business"), ("twitter", "profile"), ("linkedin", "page") }.Select((network, index) => new Account(
            ids.Hex("account", index), network.Item1, $"Sandbox shop on {network.Item1}", $"social-{index}", "https://pictures.example/shop.png", network.Item2)),
    ];
}

/// <summary>A connected social account as Publer lists it.</summary>
internal sealed record Account(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("provider")] string Provider,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("social_id")] string SocialId,
    [property: JsonPropertyName("picture")] string Picture,
    [property: JsonPropertyName("type")] string Type);
