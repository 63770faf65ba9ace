using System.Globalization;
using System.Text.Json.Nodes;
using HotDash.Integrations;
using HotDash.Integrations.Chatwoot;

namespace HotDash.ControlPlane.Webhooks.Subscriptions;

/// <summary>Events of a conversation, as Chatwoot's webhooks tell them: there, kinds are words and a message's time is a text.</summary>
internal sealed class ChatwootBodies(int accountId, Conversation conversation)
{
    private readonly string _resource = $"conversation/{conversation.Id}";

    public MissedEvent Conversation(string topic, string version)
    {
        var body = Facts();
        body["event"] = topic;
        body["account"] = Account();
        return new(topic, _resource, version, body);
    }

    public MissedEvent Message(Message message) => new("message_created", _resource, message.Id, new()
    {
        ["event"] = "message_created",
        ["id"] = Number(message.Id),
        ["content"] = message.Text,
        ["message_type"] = message.Kind.ToSnakeCase(),
        ["private"] = message.Private,
        ["created_at"] = message.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        ["content_attributes"] = message.Mark is { } mark ? new JsonObject { ["hotdash_mark"] = mark } : [],
        ["sender"] = new JsonObject { ["name"] = message.Sender },
        ["conversation"] = Facts(),
        ["account"] = Account(),
    });

    private JsonObject Facts() => new()
    {
        ["id"] = Number(conversation.Id),
        ["inbox_id"] = conversation.InboxId,
        ["status"] = conversation.Status.ToSnakeCase(),
        ["channel"] = conversation.Channel,
        ["labels"] = new JsonArray([.. conversation.Labels.Select(label => JsonValue.Create(label))]),
        ["created_at"] = conversation.CreatedAt.ToUnixTimeSeconds(),
        ["last_activity_at"] = conversation.LastActivityAt.ToUnixTimeSeconds(),
    };

    private JsonObject Account() => new() { ["id"] = accountId };

    private static long Number(string id) => long.Parse(id, NumberStyles.None, CultureInfo.InvariantCulture);
}
