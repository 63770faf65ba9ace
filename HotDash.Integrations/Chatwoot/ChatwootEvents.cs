using System.Globalization;
using System.Text.Json;

namespace HotDash.Integrations.Chatwoot;

/// <summary>What an event of the account's webhook says. Its shape is not that of replies: kinds are words there, and times are dates.</summary>
public static class ChatwootEvents
{
    /// <returns>Null when it tells of no message that can be told from others.</returns>
    public static (string ConversationId, Message Message)? ReadMessage(ReadOnlySpan<byte> body, DateTimeOffset receivedAt)
    {
        if (Read(body, ChatwootJson.Default.MessageEvent) is not { Id: > 0, Conversation.Id: > 0 } found || KindOf(found.MessageType) is not { } kind)
            return null;

        return ($"{found.Conversation.Id}", new(
            $"{found.Id}", kind, found.Private, found.Content, found.Sender?.Name, TimeOf(found.CreatedAt) ?? receivedAt, Mark: null));
    }

    /// <returns>Null when it does not say what labels the conversation has.</returns>
    public static ConversationLabelling? ReadLabels(ReadOnlySpan<byte> body) =>
        Read(body, ChatwootJson.Default.ConversationEvent) is { Id: > 0, Labels: { } labels } found ? new($"{found.Id}", [.. labels.OfType<string>()]) : null;

    private static T? Read<T>(ReadOnlySpan<byte> body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> shape)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, shape);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static MessageKind? KindOf(JsonElement type) => type.ValueKind is JsonValueKind.String && Enum.TryParse<MessageKind>(type.GetString(), ignoreCase: true, out var kind) && Enum.IsDefined(kind)
        ? kind
        : null;

    private static DateTimeOffset? TimeOf(JsonElement time) => time.ValueKind switch
    {
        JsonValueKind.Number when time.TryGetDouble(out var seconds) && seconds is >= 0 and < 1e10 => UnixTime.Read(seconds),
        JsonValueKind.String when DateTimeOffset.TryParse(
            time.GetString()!.Replace(" UTC", "Z", StringComparison.Ordinal), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) => at.ToUniversalTime(),
        _ => null,
    };
}

/// <summary>The labels that a conversation has.</summary>
public sealed record ConversationLabelling(string ConversationId, IReadOnlyList<string> Labels);

internal sealed class MessageEvent
{
    public long Id { get; init; }
    public JsonElement MessageType { get; init; }
    public JsonElement CreatedAt { get; init; }
    public bool Private { get; init; }
    public string? Content { get; init; }
    public NamedRow? Sender { get; init; }
    public EventConversation? Conversation { get; init; }
}

internal sealed class EventConversation
{
    public long Id { get; init; }
}

internal sealed class ConversationEvent
{
    public long Id { get; init; }
    public IReadOnlyList<string?>? Labels { get; init; }
}
