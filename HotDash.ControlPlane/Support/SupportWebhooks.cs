using HotDash.ControlPlane.Approvals;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Store;
using HotDash.ControlPlane.Webhooks;
using HotDash.Integrations;
using HotDash.Integrations.Chatwoot;
using Npgsql;

namespace HotDash.ControlPlane.Support;

/// <summary>
/// When something happened in a conversation, the list that is kept is read anew. A message is kept as it came; if it is the customer's, replies that
/// wait for a decision or for their sending have not seen it: people look again.
/// </summary>
internal sealed class SupportWebhooks(JobQueue queue, SupportMessages messages, ApprovalLedger ledger) : IWebhookHandler
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    public string Source => "chatwoot";

    public IReadOnlyCollection<string> Topics { get; } =
        ["conversation_created", "conversation_updated", "conversation_status_changed", "message_created", "message_updated"];

    public async Task HandleAsync(WebhookEvent happened, NpgsqlTransaction transaction, CancellationToken ct)
    {
        if (happened.Topic.StartsWith("message_", StringComparison.Ordinal))
            await KeepMessageAsync(happened, transaction, ct);
        else if (ChatwootEvents.ReadLabels(happened.Body.Span) is { } labels)
            await LabelLedger.ToldAsync(transaction, labels, ct);

        await queue.HastenAsync(transaction, SupportJobs.KeepConversations, Soon, ct);
    }

    private async Task KeepMessageAsync(WebhookEvent happened, NpgsqlTransaction transaction, CancellationToken ct)
    {
        if (ChatwootEvents.ReadMessage(happened.Body.Span, happened.ReceivedAt) is not var (conversationId, message))
            throw new UnreadableWebhookException("It does not say which message of which conversation it tells of, or of what kind.");

        await messages.KeepAsync(transaction, conversationId, message, ct);
        if (message.Kind is MessageKind.Incoming)
            await OutdateAsync(transaction, conversationId, message.Id, ct);
    }

    private async Task OutdateAsync(NpgsqlTransaction transaction, string conversationId, string messageId, CancellationToken ct)
    {
        var overtaken = await transaction.QueryAsync<Guid>(
            """
            select id from approvals
            where kind = @kind and target = @conversationId and state in ('pending', 'approved') and target_version ~ '^[0-9]{1,18}$' and target_version::bigint < @messageId::bigint
            order by id
            """,
            new { kind = GuardedKinds.SupportReply, conversationId, messageId }, ct);
        foreach (var id in overtaken)
            await ledger.OutdateAsync(transaction, id, messageId, ct);
    }
}
