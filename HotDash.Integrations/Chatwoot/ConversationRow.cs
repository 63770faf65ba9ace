using System.Text.Json.Serialization;

namespace HotDash.Integrations.Chatwoot;

internal sealed class ConversationsReply
{
    [JsonRequired] public ConversationsData Data { get; init; } = new();

    public ConversationPage ToPage() => new(
        [.. Data.Payload.Select(row => row?.ToConversation() ?? throw new UnreadableReplyException("the reply has a conversation that is null"))],
        new(Data.Meta.AllCount, Data.Meta.MineCount, Data.Meta.AssignedCount, Data.Meta.UnassignedCount));
}

internal sealed class ConversationsData
{
    [JsonRequired] public ConversationCounts Meta { get; init; } = new();
    [JsonRequired] public IReadOnlyList<ConversationRow?> Payload { get; init; } = [];
}

internal sealed class ConversationCounts
{
    [JsonRequired] public int AllCount { get; init; }
    public int MineCount { get; init; }
    public int AssignedCount { get; init; }
    public int UnassignedCount { get; init; }
}

internal sealed class ConversationRow
{
    private const int LongestPreview = 200;

    [JsonRequired] public long Id { get; init; }
    [JsonRequired] public ConversationStatus Status { get; init; }
    [JsonRequired] public long InboxId { get; init; }
    [JsonRequired] public double CreatedAt { get; init; }
    [JsonRequired] public double LastActivityAt { get; init; }
    [JsonRequired] public IReadOnlyList<string> Labels { get; init; } = [];
    public double? WaitingSince { get; init; }
    public string? Priority { get; init; }
    public int UnreadCount { get; init; }
    public ConversationMeta? Meta { get; init; }
    public MessageText? LastNonActivityMessage { get; init; }

    public Conversation ToConversation() => new(
        $"{Id}", Status, InboxId, Meta?.Channel, Meta?.Sender?.Name, Meta?.Assignee?.Name, Labels, Priority, UnreadCount,
        Preview(LastNonActivityMessage?.Content), UnixTime.Read(CreatedAt), UnixTime.Read(LastActivityAt),
        WaitingSince is > 0 ? UnixTime.Read(WaitingSince.Value) : null); // nobody waiting is a zero

    private static string? Preview(string? text) => text is { Length: > LongestPreview } ? $"{text[..LongestPreview]}…" : text;
}

internal sealed class ConversationMeta
{
    public string? Channel { get; init; }
    public NamedRow? Sender { get; init; }
    public NamedRow? Assignee { get; init; }
}

internal sealed class NamedRow
{
    public string? Name { get; init; }
}

internal sealed class MessageText
{
    public string? Content { get; init; }
}
