using HotDash.ControlPlane.Reads;
using HotDash.Integrations;
using HotDash.Integrations.Chatwoot;

namespace HotDash.ControlPlane.Support;

/// <summary>A conversation to be handed on: what was said to and by the customer, without what tells how to reach or charge somebody.</summary>
public sealed class SupportTranscripts
{
    private const int MaxPages = 50;

    private readonly ChatwootClient _chatwoot;
    private readonly ChatwootOptions _options;
    private readonly SupportMessages _messages;
    private readonly TimeProvider _clock;

    internal SupportTranscripts(ChatwootClient chatwoot, ChatwootOptions options, SupportMessages messages, TimeProvider clock) =>
        (_chatwoot, _options, _messages, _clock) = (chatwoot, options, messages, clock);

    /// <exception cref="IntegrationException">Chatwoot failed, and nothing is kept of the conversation.</exception>
    public async Task<Answer<Transcript>> OfAsync(string conversationId, CancellationToken ct)
    {
        try
        {
            var (messages, whole) = await ReadAsync(conversationId, ct);
            Warning[] warnings = whole ? [] : [new("truncated", $"The conversation is longer: these are its newest {messages.Count} messages.")];
            return new(Write(conversationId, messages), _options.Source, _clock.GetUtcNow(), warnings);
        }
        catch (IntegrationException e) when (e.Code is not IntegrationCodes.NotFound)
        {
            if (await _messages.OfAsync(conversationId, ct) is not { Count: > 0 } kept)
                throw;

            return new(Write(conversationId, kept), Sources.Snapshot, kept[^1].CreatedAt,
                [new(e.Code, $"{_options.Key} failed ({e.Code}); these are the messages that it told us of.")]);
        }
    }

    private async Task<(List<Message> Messages, bool IsWhole)> ReadAsync(string conversationId, CancellationToken ct)
    {
        var messages = new List<Message>();
        for (var page = 0; page < MaxPages; page++)
        {
            var before = await _chatwoot.ListMessagesAsync(conversationId, messages is [] ? null : messages[0].Id, ct);
            if (before is [])
                return (messages, true);

            messages.InsertRange(0, before);
        }

        return (messages, false);
    }

    /// <summary>Notes among agents and Chatwoot's own remarks are not part of it.</summary>
    private static Transcript Write(string conversationId, IReadOnlyList<Message> messages) => new(conversationId,
    [
        .. messages.Where(message => message is { Private: false, Kind: not MessageKind.Activity }).Select(message => new TranscriptLine(
            message.Id,
            message.CreatedAt,
            message.Kind is MessageKind.Incoming ? "customer" : "shop",
            message.Sender is { } name ? Redaction.Of(name) : null,
            message.Text is { } text ? Redaction.Of(text) : null)),
    ]);
}

/// <summary>What was said, the oldest first. Classes: records would print the words.</summary>
public sealed class Transcript(string conversationId, IReadOnlyList<TranscriptLine> lines)
{
    public string ConversationId => conversationId;

    public IReadOnlyList<TranscriptLine> Lines => lines;
}

/// <inheritdoc cref="Transcript"/>
public sealed class TranscriptLine(string id, DateTimeOffset at, string from, string? name, string? text)
{
    public string Id => id;

    public DateTimeOffset At => at;

    /// <summary>customer or shop.</summary>
    public string From => from;

    public string? Name => name;

    /// <summary>Null when it has attachments alone.</summary>
    public string? Text => text;
}
