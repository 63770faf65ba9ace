namespace HotDash.Integrations.Chatwoot;

/// <summary>Who a message is from: the customer, an agent, Chatwoot itself, or a template.</summary>
public enum MessageKind { Incoming, Outgoing, Activity, Template }

/// <summary>A message of a conversation. It prints its id alone.</summary>
/// <param name="Private">A note among agents that the customer does not see.</param>
/// <param name="Text">Null when it has attachments alone.</param>
/// <param name="Mark">The <see cref="NewMessage.Mark"/> of the message that we wrote; null when somebody else did.</param>
public sealed record Message(
    string Id, MessageKind Kind, bool Private, string? Text, string? Sender, DateTimeOffset CreatedAt, string? Mark)
{
    public override string ToString() => $"message {Id}";
}

/// <summary>A message to write: a note among agents, or a reply to the customer. It prints none of its words.</summary>
/// <param name="Mark">
/// A UUIDv7 of its own. Chatwoot knows no idempotency key, so the mark travels inside the message (<c>content_attributes</c>), where it
/// can be looked up; its time says how far back to look.
/// </param>
public sealed record NewMessage(string ConversationId, string Text, bool Private, Guid Mark)
{
    /// <summary>Of a note that shows the draft of a reply: its approval. The note says that a program wrote it.</summary>
    public Guid? Approval { get; init; }

    public override string ToString() => $"a message into conversation {ConversationId}";
}
