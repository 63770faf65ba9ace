using System.Globalization;

namespace HotDash.Integrations.Chatwoot;

/// <summary>A reply that the customer gets. The conversation's version is the newest message of the customer.</summary>
internal sealed class ChatwootReplyOperation(ChatwootClient chatwoot, ChatwootOptions options) : IGuardedOperation
{
    private const int MaxPages = 50;

    public string Kind => GuardedKinds.SupportReply;

    public string Account => options.AccountId.ToString(CultureInfo.InvariantCulture);

    public byte[] Compose(Guid id, int revision, string content) => ChatwootWrites.BodyOf(new("", content, Private: false, id));

    public string ContentOf(ReadOnlyMemory<byte> bytes) => ChatwootWrites.Parse(bytes.Span) is { Private: false } body ? body.Content : throw NoReply();

    public async Task<string?> VersionAsync(string target, CancellationToken ct)
    {
        string? before = null;
        for (var page = 0; page < MaxPages; page++)
        {
            var messages = await chatwoot.ListMessagesAsync(target, before, ct);
            if (messages.LastOrDefault(message => message.Kind is MessageKind.Incoming) is { } newest)
                return newest.Id;
            if (messages is [])
                return ChatwootClient.NothingYet;

            before = messages[0].Id;
        }

        throw Failures.UnexpectedReply(options.Key, "the conversation does not end", outcomeUnknown: false);
    }

    public async Task<Existing?> FindExistingAsync(GuardedTarget target, CancellationToken ct) =>
        await chatwoot.FindAsync(new(target.Target, "", Private: false, target.Id), ct) is { } found ? new(found.Id, found.CreatedAt) : null;

    public async Task<Existing> SendAsync(ApprovedAction action, CancellationToken ct)
    {
        var sent = await chatwoot.ReplyAsync(action, ct);
        return new(sent.Id, sent.CreatedAt);
    }

    private IntegrationException NoReply() => new(options.Key, IntegrationCodes.Rejected, "what is stored is no reply");
}
