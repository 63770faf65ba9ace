using System.Text.Json.Nodes;

using HotDash.Sandbox.Ledger;
using HotDash.Sandbox.Webhooks;

namespace HotDash.Sandbox.Chatwoot;

/// <summary>The account's conversations and webhooks. Whoever changes them says so in the ledger.</summary>
internal sealed class ChatwootDesk
{
    private readonly Lock _gate = new();
    private readonly List<Conversation> _conversations = [];
    private readonly List<JsonObject> _webhooks = [];
    private readonly ChatwootSettings _settings;
    private readonly Ids _ids;
    private readonly EffectLedger _ledger;
    private readonly TimeProvider _clock;
    private readonly string? _secret;

    // Callers remember ids for longer than the sandbox lives: those of two runs must differ.
    private long _lastId;

    public ChatwootDesk(ChatwootSettings settings, Ids ids, EffectLedger ledger, TimeProvider clock, IConfiguration configuration)
    {
        _secret = configuration["SANDBOX_CHATWOOT_WEBHOOK_SECRET"] is { Length: > 0 } configured ? configured : null;
        (_settings, _ids, _ledger, _clock) = (settings, ids, ledger, clock);
        _lastId = clock.GetUtcNow().ToUnixTimeMilliseconds();
        Reset();
    }

    public DateTimeOffset Now => _clock.GetUtcNow();

    public T Read<T>(Func<IReadOnlyList<Conversation>, T> read)
    {
        lock (_gate)
            return read(_conversations);
    }

    public IReadOnlyList<JsonObject> Webhooks()
    {
        lock (_gate)
            return [.. _webhooks.Select(webhook => webhook.DeepClone().AsObject())];
    }

    /// <returns>What the change answers; null when there is no such conversation.</returns>
    public IResult? Change(HttpContext context, long id, string operation, JsonObject details, Func<Conversation, IResult> change)
    {
        lock (_gate)
        {
            if (_conversations.Find(known => known.Id == id) is not { } conversation)
                return null;

            details["conversationId"] = id;
            Note(context, operation, details);
            return change(conversation);
        }
    }

    /// <summary>It is there at once; the list of messages shows it after the lag.</summary>
    public Message Write(HttpContext context, Conversation conversation, JsonObject body, bool incoming)
    {
        lock (_gate)
        {
            var (now, text, isPrivate) = (Now, body.Text("content")!, body.Truth("private"));
            var message = new Message(
                ++_lastId, conversation.Id, conversation.Inbox.Id, text, incoming ? Message.Incoming : Message.Outgoing, isPrivate,
                (body["content_attributes"] as JsonObject)?.DeepClone() as JsonObject ?? [], body.Text("echo_id"),
                incoming ? conversation.Customer : null, incoming ? null : ChatwootFolk.Me, now.ToUnixTimeSeconds(), now + _settings.Lag);

            conversation.Messages.Add(message);
            conversation.LastActivityAt = message.CreatedAt;
            if (!isPrivate)
                conversation.WaitingSince = incoming ? message.CreatedAt : 0;

            Note(context, incoming ? "message.received" : isPrivate ? "note.created" : "reply.sent", new()
            {
                ["messageId"] = message.Id,
                ["conversationId"] = conversation.Id,
                ["text"] = text,
                ["attributes"] = message.Attributes.DeepClone(),
            });
            return message;
        }
    }

    /// <returns>Null when the address has one already.</returns>
    public JsonObject? AddWebhook(HttpContext context, string url, string? name, string[] events, int account)
    {
        lock (_gate)
        {
            if (_webhooks.Exists(known => known.Text("url") == url))
                return null;

            var id = ++_lastId;
            JsonObject webhook = new()
            {
                ["id"] = id,
                ["url"] = url,
                ["account_id"] = account,
                ["subscriptions"] = new JsonArray([.. events.Select(item => JsonValue.Create(item))]),
                ["secret"] = _secret ?? _ids.Hex("chatwoot.webhook", _webhooks.Count),
            };
            if (name is not null)
                webhook["name"] = name;

            _webhooks.Add(webhook);
            Note(context, "webhook.created", new() { ["webhookId"] = id, ["url"] = url });
            return webhook;
        }
    }

    /// <returns>Null when there is no such webhook.</returns>
    public JsonObject? ChangeWebhook(HttpContext context, long id, string url, string[] events)
    {
        lock (_gate)
        {
            if (_webhooks.Find(known => known.Number("id") == id) is not { } webhook)
                return null;

            webhook["url"] = url;
            webhook["subscriptions"] = new JsonArray([.. events.Select(item => JsonValue.Create(item))]);
            Note(context, "webhook.changed", new() { ["webhookId"] = id, ["url"] = url });
            return webhook.DeepClone().AsObject();
        }
    }

    public IReadOnlyList<Listener> Listeners(string topic)
    {
        lock (_gate)
            return [.. _webhooks.Where(known => known.Texts("subscriptions")!.Contains(topic, StringComparer.Ordinal)).Select(known => new Listener(new(known.Text("url")!), known.Text("secret")!))];
    }

    public void DropWebhooks()
    {
        lock (_gate)
            _webhooks.Clear();
    }

    public void Reset()
    {
        lock (_gate)
        {
            _conversations.Clear();
            _conversations.AddRange(ChatwootSeed.Conversations(_ids));
            _webhooks.Clear();
        }
    }

    private void Note(HttpContext context, string operation, JsonObject details) =>
        _ledger.Add("chatwoot", Now, operation, details, context.Request.Headers.TraceParent);
}
