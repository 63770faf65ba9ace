using Npgsql;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>What a feature makes of some events. Registered with <see cref="WebhookRegistration.AddWebhookHandler{T}"/>; a topic may have several.</summary>
public interface IWebhookHandler
{
    string Source { get; }

    IReadOnlyCollection<string> Topics { get; }

    /// <summary>
    /// Runs in the transaction that marks the event as handled, so what it writes there happens exactly once. It calls nobody: what has to be
    /// called is a job, enqueued in the transaction. Throwing means "again, later"; <see cref="UnreadableWebhookException"/> means never.
    /// Events of one resource come one after the other, in the order of their arrival, but for those that were given up.
    /// </summary>
    Task HandleAsync(WebhookEvent happened, NpgsqlTransaction transaction, CancellationToken ct);
}
