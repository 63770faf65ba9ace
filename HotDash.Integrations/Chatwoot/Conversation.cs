using System.Text.Json.Serialization;

namespace HotDash.Integrations.Chatwoot;

[JsonConverter(typeof(SnakeCaseConverter<ConversationStatus>))]
public enum ConversationStatus { Open, Resolved, Pending, Snoozed }

/// <summary>Whose conversations: of the key's own user, of nobody, of anybody, or all of these.</summary>
[JsonConverter(typeof(SnakeCaseConverter<AssigneeType>))]
public enum AssigneeType { Me, Unassigned, Assigned, All }

/// <summary>A conversation with a customer. It prints its id alone: names and words are the customer's.</summary>
/// <param name="Id">The number that people see (Chatwoot's display id).</param>
/// <param name="Channel">Chatwoot's class of the inbox, such as <c>Channel::Email</c>.</param>
/// <param name="LastMessage">The beginning of the last message; null when there is none, or none with text.</param>
/// <param name="WaitingSince">Since when the customer waits for an answer; null when nobody waits.</param>
public sealed record Conversation(
    string Id,
    ConversationStatus Status,
    long InboxId,
    string? Channel,
    string? Customer,
    string? Assignee,
    IReadOnlyList<string> Labels,
    string? Priority,
    int Unread,
    string? LastMessage,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastActivityAt,
    DateTimeOffset? WaitingSince)
{
    public override string ToString() => $"conversation {Id}";
}

/// <summary>Null means any.</summary>
/// <param name="Text">Looked for in messages.</param>
public sealed record ConversationFilter(
    ConversationStatus? Status = null, AssigneeType Assignee = AssigneeType.All, long? InboxId = null, string? Label = null, string? Text = null)
{
    public override string ToString() => "a filter of conversations";
}

/// <summary>How many conversations match, whoever they are assigned to.</summary>
public sealed record ConversationTotals(int All, int Mine, int Assigned, int Unassigned);

/// <summary>One page of conversations, the latest activity first.</summary>
public sealed record ConversationPage(IReadOnlyList<Conversation> Items, ConversationTotals Totals);
