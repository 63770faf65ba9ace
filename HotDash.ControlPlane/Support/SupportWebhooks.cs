using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Webhooks;
using Npgsql;

namespace HotDash.ControlPlane.Support;

/// <summary>When something happened in a conversation, the list that is kept is read anew.</summary>
internal sealed class SupportWebhooks(JobQueue queue) : IWebhookHandler
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    public string Source => "chatwoot";

    public IReadOnlyCollection<string> Topics { get; } = ["conversation_created", "conversation_updated", "conversation_status_changed", "message_created"];

    public Task HandleAsync(WebhookEvent happened, NpgsqlTransaction transaction, CancellationToken ct) =>
        queue.HastenAsync(transaction, SupportJobs.KeepConversations, Soon, ct);
}
