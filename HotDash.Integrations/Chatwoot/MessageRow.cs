using System.Text.Json;
using System.Text.Json.Serialization;

namespace HotDash.Integrations.Chatwoot;

internal sealed class MessagesReply
{
    [JsonRequired] public IReadOnlyList<MessageRow?> Payload { get; init; } = [];

    public IReadOnlyList<Message> ToMessages() =>
        [.. Payload.Select(row => row?.ToMessage() ?? throw new UnreadableReplyException("the reply has a message that is null"))];
}

internal sealed class MessageRow
{
    [JsonRequired] public long Id { get; init; }
    [JsonRequired] public int MessageType { get; init; }
    [JsonRequired] public double CreatedAt { get; init; }
    [JsonRequired] public bool Private { get; init; }
    public string? Content { get; init; }
    public JsonElement ContentAttributes { get; init; }
    public NamedRow? Sender { get; init; }

    public Message ToMessage() => new($"{Id}", Kind, Private, Content, Sender?.Name, UnixTime.Read(CreatedAt), Mark);

    private MessageKind Kind => MessageType is >= 0 and <= (int)MessageKind.Template
        ? (MessageKind)MessageType
        : throw new UnreadableReplyException("the reply has a message of another kind");

    // Other programs write there too: what is not ours is no mark.
    private string? Mark => ContentAttributes.ValueKind is JsonValueKind.Object
        && ContentAttributes.TryGetProperty("hotdash_mark", out var mark) && mark.ValueKind is JsonValueKind.String
            ? mark.GetString()
            : null;
}
