using System.Globalization;
using System.Text.Json;

namespace HotDash.Integrations.Chatwoot;

/// <summary>Messages as requests that can be kept, read again and looked up.</summary>
public static class ChatwootWrites
{
    public const string SendNote = "send-note";
    public const string SendReply = "send-reply";

    public static string OperationOf(NewMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Private ? SendNote : SendReply;
    }

    /// <summary>What a dead letter of this message holds.</summary>
    public static DeadLetterRequest ToRequest(NewMessage message, ChatwootOptions options)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new()
        {
            Method = "POST",
            Path = new ChatwootQueries(options).Conversation(message.ConversationId, "/messages"),
            Body = BodyOf(message),
        };
    }

    internal static byte[] BodyOf(NewMessage message)
    {
        var mark = new MessageMark(message.Mark, message.Approval is null ? null : true, message.Approval);
        return JsonSerializer.SerializeToUtf8Bytes(new(message.Text, "outgoing", message.Private, mark), ChatwootJson.Default.MessageBody);
    }

    /// <exception cref="IntegrationException">It is no message of this account: it must not be sent.</exception>
    internal static NewMessage Read(DeadLetterRequest request, ChatwootOptions options)
    {
        if (ConversationIn(request.Path, options) is { } id && Parse(request.Body.Span) is { } body)
            return new(id, body.Content, body.Private, body.ContentAttributes.HotdashMark) { Approval = body.ContentAttributes.HotdashApproval };

        throw new IntegrationException(options.Key, IntegrationCodes.Rejected, "the letter is no message into a conversation of this account");
    }

    private static string? ConversationIn(string path, ChatwootOptions options)
    {
        var start = new ChatwootQueries(options).Account("conversations/");
        const string End = "/messages";
        if (!path.StartsWith(start, StringComparison.Ordinal) || !path.EndsWith(End, StringComparison.Ordinal) || path.Length <= start.Length + End.Length)
            return null;

        var id = path[start.Length..^End.Length];
        return long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? id : null;
    }

    /// <returns>Null when it is no message of ours.</returns>
    internal static MessageBody? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ChatwootJson.Default.MessageBody) is { Content: not null, ContentAttributes: { } mark } body && mark.HotdashMark != Guid.Empty
                ? body
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
