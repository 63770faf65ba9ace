using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Chatwoot;

internal sealed record Customer(long Id, string Name);

/// <summary>A message. Times are seconds since 1970.</summary>
internal sealed record Message(
    long Id, long ConversationId, long InboxId, string Content, int Type, bool Private, JsonObject Attributes, string? EchoId,
    Customer? Customer, Agent? Agent, long CreatedAt, DateTimeOffset ShownFrom)
{
    public const int Incoming = 0;
    public const int Outgoing = 1;
    public const int Activity = 2;

    /// <summary>As a webhook tells it: the kind is a word, the time a text.</summary>
    public JsonObject Told => new()
    {
        ["event"] = "message_created",
        ["id"] = Id,
        ["content"] = Content,
        ["content_type"] = "text",
        ["content_attributes"] = Attributes.DeepClone(),
        ["message_type"] = Type switch { Incoming => "incoming", Outgoing => "outgoing", _ => "activity" },
        ["private"] = Private,
        ["created_at"] = DateTimeOffset.FromUnixTimeSeconds(CreatedAt).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
        ["conversation"] = new JsonObject { ["id"] = ConversationId, ["inbox_id"] = InboxId },
        ["inbox"] = new JsonObject { ["id"] = InboxId },
        ["sender"] = new JsonObject { ["id"] = Customer?.Id ?? Agent?.Id, ["name"] = Customer?.Name ?? Agent?.Name },
    };

    public object Row => new
    {
        id = Id,
        content = Content,
        inbox_id = InboxId,
        conversation_id = ConversationId,
        message_type = Type,
        content_type = "text",
        status = "sent",
        content_attributes = Attributes,
        echo_id = EchoId,
        created_at = CreatedAt,
        @private = Private,
        source_id = (string?)null,
        sender = Agent is null
            ? new { id = Customer?.Id, name = Customer?.Name, type = "contact" }
            : new { id = (long?)Agent.Id, name = (string?)Agent.Name, type = "user" },
    };
}

internal sealed class Conversation(long id, Inbox inbox, Customer customer, long createdAt)
{
    public long Id { get; } = id;

    public Inbox Inbox { get; } = inbox;

    public Customer Customer { get; } = customer;

    public long CreatedAt { get; } = createdAt;

    public string Status { get; set; } = "open";

    public string? Priority { get; set; }

    public Agent? Assignee { get; set; }

    public IReadOnlyList<string> Labels { get; set; } = [];

    public long LastActivityAt { get; set; } = createdAt;

    /// <summary>Zero when nobody waits.</summary>
    public long WaitingSince { get; set; }

    public List<Message> Messages { get; } = [];

    /// <summary>As a webhook tells of it, as far as HotDash reads that.</summary>
    public JsonObject Told(string topic) => new()
    {
        ["event"] = topic,
        ["id"] = Id,
        ["inbox_id"] = Inbox.Id,
        ["status"] = Status,
        ["labels"] = new JsonArray([.. Labels.Select(label => JsonValue.Create(label))]),
    };

    public object Row(int account) => new
    {
        meta = Assignee is { } agent
            ? (object)new { sender = Sender, channel = Inbox.Channel, assignee = new { id = agent.Id, name = agent.Name, role = agent.Role }, hmac_verified = false }
            : new { sender = Sender, channel = Inbox.Channel, hmac_verified = false },
        id = Id,
        account_id = account,
        inbox_id = Inbox.Id,
        status = Status,
        priority = Priority,
        labels = Labels,
        can_reply = true,
        muted = false,
        unread_count = WaitingSince > 0 ? 1 : 0,
        additional_attributes = new { },
        custom_attributes = new { },
        snoozed_until = (long?)null,
        created_at = CreatedAt,
        timestamp = LastActivityAt,
        last_activity_at = LastActivityAt,
        waiting_since = WaitingSince,
        last_non_activity_message = Messages.LastOrDefault(message => message.Type != Message.Activity)?.Row,
        messages = Messages.TakeLast(1).Select(message => message.Row).ToList(),
    };

    public object Meta => new
    {
        labels = Labels,
        additional_attributes = new { },
        contact = Sender,
        agent_last_seen_at = (string?)null,
        assignee_last_seen_at = (string?)null,
    };

    private object Sender => new { id = Customer.Id, name = Customer.Name, email = (string?)null, phone_number = (string?)null, thumbnail = "", availability_status = "offline", blocked = false };
}
