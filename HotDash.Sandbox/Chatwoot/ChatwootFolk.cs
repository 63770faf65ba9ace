namespace HotDash.Sandbox.Chatwoot;

internal sealed record Agent(long Id, string Name, string Role)
{
    public object Row(int account) => new
    {
        id = Id,
        account_id = account,
        availability_status = "online",
        auto_offline = true,
        confirmed = true,
        email = $"{Name.ToLowerInvariant()}@shop.example",
        available_name = Name,
        name = Name,
        role = Role,
        thumbnail = "",
    };
}

internal sealed record Inbox(long Id, string Channel);

/// <summary>The people and things that are always there.</summary>
internal static class ChatwootFolk
{
    public static IReadOnlyList<Agent> Agents { get; } = [new(1, "Ada", "administrator"), new(2, "Ben", "agent")];

    public static IReadOnlyList<Inbox> Inboxes { get; } = [new(1, "Channel::Email"), new(2, "Channel::WebWidget"), new(3, "Channel::Api")];

    public static IReadOnlyList<string> Labels { get; } = ["shipping", "returns", "product", "wholesale"];

    /// <summary>Whose the token is.</summary>
    public static Agent Me => Agents[0];

    public static object Profile(int account) => new
    {
        id = Me.Id,
        name = Me.Name,
        available_name = Me.Name,
        display_name = (string?)null,
        email = "ada@shop.example",
        confirmed = true,
        type = (string?)null,
        role = Me.Role,
        accounts = new[] { new { id = account, name = "Sandbox shop", status = "active", role = Me.Role, availability = "online", auto_offline = true } },
    };
}
