using System.Globalization;
using System.Runtime.CompilerServices;
using HotDash.Integrations;
using HotDash.Integrations.Chatwoot;

namespace HotDash.ControlPlane.Webhooks.Subscriptions;

/// <summary>An account has one webhook per address, and makes the secret that it signs with itself.</summary>
internal sealed class ChatwootSubscriptions(ChatwootClient chatwoot, ChatwootOptions options, LearnedSecrets secrets) : ISubscriptions
{
    private const int MaxPages = 1000;

    public string Source => "chatwoot";

    public IntegrationOptions Integration => options;

    public async Task<IReadOnlyList<string>> ListAsync(Uri address, CancellationToken ct) => await FindAsync(address, ct) is { } webhook ? webhook.Events : [];

    public async Task AddAsync(IReadOnlyList<string> missing, Uri address, CancellationToken ct) => await LearnAsync(
        await FindAsync(address, ct) is { } webhook
            ? await chatwoot.ChangeWebhookAsync(webhook.Id, address, [.. webhook.Events, .. missing], ct)
            : await chatwoot.AddWebhookAsync(address, missing, ct),
        ct);

    /// <summary>Conversations come with the latest activity first: those that become active meanwhile move to the front, and are told.</summary>
    public async IAsyncEnumerable<IReadOnlyList<MissedEvent>> ReadAsync(DateTimeOffset since, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var page = 1; page <= MaxPages; page++)
        {
            var conversations = (await chatwoot.ListConversationsAsync(new(), page, ct)).Items;
            foreach (var conversation in conversations.Where(conversation => conversation.LastActivityAt >= since))
                yield return await EventsAsync(conversation, since, ct);
            if (conversations is [] || conversations[^1].LastActivityAt < since)
                yield break;
        }
    }

    private async Task<IReadOnlyList<MissedEvent>> EventsAsync(Conversation conversation, DateTimeOffset since, CancellationToken ct)
    {
        var messages = new ChatwootBodies(options.AccountId, conversation);
        return
        [
            .. conversation.CreatedAt >= since ? [messages.Conversation("conversation_created", "created")] : Array.Empty<MissedEvent>(),
            .. (await MessagesAsync(conversation.Id, since, ct)).Where(message => message.Kind is not MessageKind.Activity).Select(messages.Message),
            messages.Conversation("conversation_updated", conversation.LastActivityAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        ];
    }

    /// <summary>The oldest first.</summary>
    private async Task<IReadOnlyList<Message>> MessagesAsync(string conversationId, DateTimeOffset since, CancellationToken ct)
    {
        List<Message> all = [];
        for (var page = 0; page < MaxPages; page++)
        {
            var messages = await chatwoot.ListMessagesAsync(conversationId, page is 0 ? null : all[0].Id, ct);
            all.InsertRange(0, messages);
            if (messages is [] || messages.Min(message => message.CreatedAt) < since)
                break;
        }

        return all.FindAll(message => message.CreatedAt >= since);
    }

    private async Task<Webhook?> FindAsync(Uri address, CancellationToken ct)
    {
        var found = (await chatwoot.ListWebhooksAsync(ct)).FirstOrDefault(webhook => webhook.Url == address.AbsoluteUri);
        if (found is not null)
            await LearnAsync(found, ct);

        return found;
    }

    private Task LearnAsync(Webhook webhook, CancellationToken ct) =>
        webhook.Secret is { Length: > 0 } secret ? secrets.LearnAsync(Source, secret, ct) : Task.CompletedTask;
}
