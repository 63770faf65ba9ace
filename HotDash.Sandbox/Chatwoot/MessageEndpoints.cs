using System.Globalization;
using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Chatwoot;

/// <summary>Reading messages backwards and forwards, and writing them.</summary>
internal static class MessageEndpoints
{
    private const int Longest = 150_000;

    public static void MapMessages(this RouteGroupBuilder api, ChatwootDesk desk, Action<JsonObject> tell)
    {
        api.MapGet("/conversations/{id:long}/messages", (long id, HttpContext context) => desk.Read(all => Find(all, id) is { } conversation
            ? ChatwootReply.Ok(new { meta = conversation.Meta, payload = Window(Shown(conversation, desk.Now), context.Request.Query).Select(message => message.Row).ToList() })
            : ChatwootReply.NotFound(context)));
        api.MapPost("/conversations/{id:long}/messages", (long id, HttpContext context) => WriteAsync(id, context, desk, tell));
    }

    /// <summary>The newest 20; before one the 20 ahead of it; after one up to 100; between two up to 1000.</summary>
    private static IEnumerable<Message> Window(List<Message> messages, IQueryCollection query) => (Id(query["after"]), Id(query["before"])) switch
    {
        ({ } after, { } before) => messages.Where(message => message.Id >= after && message.Id < before).Take(1000),
        ({ } after, null) => messages.Where(message => message.Id > after).Take(100),
        (null, { } before) => messages.Where(message => message.Id < before).TakeLast(20),
        _ => messages.TakeLast(20),
    };

    private static List<Message> Shown(Conversation conversation, DateTimeOffset now) => conversation.Messages.FindAll(message => message.ShownFrom <= now);

    private static async Task<IResult> WriteAsync(long id, HttpContext context, ChatwootDesk desk, Action<JsonObject> tell)
    {
        if (await ChatwootBody.ReadAsync(context.Request) is not { } body)
            return ChatwootBody.Malformed(context);
        if (desk.Read(all => Find(all, id)) is not { } conversation)
            return ChatwootReply.NotFound(context);

        if (Refusal(context, body, conversation) is { } refusal)
            return refusal;

        var message = desk.Write(context, conversation, body, IsIncoming(body));
        if (IsIncoming(body))
            tell(message.Told);
        return ChatwootReply.Ok(message.Row);
    }

    private static IResult? Refusal(HttpContext context, JsonObject body, Conversation conversation) =>
        (body.Text("content"), body["message_type"]?.ToString() ?? "outgoing") switch
        {
            // Stricter than Chatwoot, which takes a message without a word; its description does not.
            (null, _) => ChatwootReply.Invalid(context, "content", "Content can't be blank"),
            ({ Length: > Longest }, _) => ChatwootReply.Invalid(context, "content", $"Content is too long (maximum is {Longest} characters)"),
            (_, "incoming") when conversation.Inbox.Channel is not "Channel::Api" =>
                ChatwootReply.Refuse(context, 422, "Incoming messages are only allowed in Api inboxes"),
            (_, "incoming" or "outgoing") => null,
            (_, var other) => ChatwootReply.Refuse(context, 422, $"'{other}' is not a valid message_type"),
        };

    private static bool IsIncoming(JsonObject body) => body.Text("message_type") is "incoming";

    private static Conversation? Find(IReadOnlyList<Conversation> all, long id) => all.FirstOrDefault(known => known.Id == id);

    private static long? Id(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
