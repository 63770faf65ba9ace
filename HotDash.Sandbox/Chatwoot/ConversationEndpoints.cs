using System.Globalization;
using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Chatwoot;

/// <summary>Listing conversations, and changing all of them but their messages.</summary>
internal static class ConversationEndpoints
{
    private const int PerPage = 25;

    private static readonly string[] Statuses = ["open", "resolved", "pending", "snoozed"];

    public static void MapConversations(this RouteGroupBuilder api, ChatwootDesk desk, Action<JsonObject> tell)
    {
        api.MapGet("/conversations", (int account, HttpContext context) => desk.Read(all => List(account, context.Request.Query, all)));
        api.MapGet("/conversations/{id:long}", (int account, long id, HttpContext context) =>
            desk.Read(all => all.FirstOrDefault(known => known.Id == id) is { } found ? ChatwootReply.Ok(found.Row(account)) : ChatwootReply.NotFound(context)));
        api.MapGet("/conversations/{id:long}/labels", (long id, HttpContext context) =>
            desk.Read(all => all.FirstOrDefault(known => known.Id == id) is { } found ? ChatwootReply.Ok(new { payload = found.Labels }) : ChatwootReply.NotFound(context)));

        api.MapPost("/conversations/{id:long}/labels", (long id, HttpContext context) => ChangeAsync(context, body => SetLabels(id, context, body, desk, tell)));
        api.MapPost("/conversations/{id:long}/toggle_status", (long id, HttpContext context) => ChangeAsync(context, body => SetStatus(id, context, body, desk, tell)));
        api.MapPost("/conversations/{id:long}/assignments", (long id, HttpContext context) => ChangeAsync(context, body => Assign(id, context, body, desk)));
    }

    private static IResult List(int account, IQueryCollection query, IReadOnlyList<Conversation> all)
    {
        var status = query["status"] is [{ Length: > 0 } given] ? given : "open";
        string?[] labels = [.. query["labels"], .. query["labels[]"]];
        var matching = all
            .Where(conversation => status is "all" || conversation.Status == status)
            .Where(conversation => query["inbox_id"] is not [{ Length: > 0 } inbox] || conversation.Inbox.Id.ToString(CultureInfo.InvariantCulture) == inbox)
            .Where(conversation => labels is [] || labels.Any(label => conversation.Labels.Contains(label, StringComparer.Ordinal)))
            .Where(conversation => query["q"] is not [{ Length: > 0 } text] || conversation.Messages.Exists(message => message.Content.Contains(text, StringComparison.OrdinalIgnoreCase)))
            .ToList();
        var page = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Max(number, 1) : 1;

        return ChatwootReply.Ok(new
        {
            data = new
            {
                meta = new { mine_count = Count("me"), assigned_count = Count("assigned"), unassigned_count = Count("unassigned"), all_count = matching.Count },
                payload = matching.Where(conversation => Belongs(conversation, query["assignee_type"]))
                    .OrderByDescending(conversation => conversation.LastActivityAt)
                    .Skip((page - 1) * PerPage).Take(PerPage).Select(conversation => conversation.Row(account)).ToList(),
            },
        });

        int Count(string type) => matching.Count(conversation => Belongs(conversation, type));
    }

    private static bool Belongs(Conversation conversation, string? type) => type switch
    {
        "me" => conversation.Assignee == ChatwootFolk.Me,
        "assigned" => conversation.Assignee is not null,
        "unassigned" => conversation.Assignee is null,
        _ => true,
    };

    private static async Task<IResult> ChangeAsync(HttpContext context, Func<JsonObject, IResult?> change) =>
        await ChatwootBody.ReadAsync(context.Request) is { } body ? change(body) ?? ChatwootReply.NotFound(context) : ChatwootBody.Malformed(context);

    /// <summary>The whole list is replaced.</summary>
    private static IResult? SetLabels(long id, HttpContext context, JsonObject body, ChatwootDesk desk, Action<JsonObject> tell) => body.Texts("labels") is { } labels
        ? desk.Change(context, id, "labels.set", new() { ["labels"] = new JsonArray([.. labels.Select(label => JsonValue.Create(label))]) }, conversation =>
        {
            conversation.Labels = labels;
            tell(conversation.Told("conversation_updated"));
            return ChatwootReply.Ok(new { payload = labels });
        })
        : ChatwootReply.Invalid(context, "labels", "labels is not a list of texts");

    private static IResult? SetStatus(long id, HttpContext context, JsonObject body, ChatwootDesk desk, Action<JsonObject> tell)
    {
        if (body.Text("status") is not { } status || !Statuses.Contains(status, StringComparer.Ordinal))
            return ChatwootReply.Invalid(context, "status", $"'{body.Text("status")}' is not a valid status");

        return desk.Change(context, id, "status.set", new() { ["status"] = status }, conversation =>
        {
            conversation.Status = status;
            tell(conversation.Told("conversation_status_changed"));
            return ChatwootReply.Ok(new { meta = new { }, payload = new { success = true, current_status = status, conversation_id = id } });
        });
    }

    /// <summary>Somebody who is not there takes the conversation from whoever has it.</summary>
    private static IResult? Assign(long id, HttpContext context, JsonObject body, ChatwootDesk desk)
    {
        var agent = ChatwootFolk.Agents.FirstOrDefault(known => known.Id == body.Number("assignee_id"));
        return desk.Change(context, id, "assignment.set", new() { ["assigneeId"] = agent?.Id, ["teamId"] = body.Number("team_id") }, conversation =>
        {
            if (body.ContainsKey("assignee_id"))
                conversation.Assignee = agent;

            return ChatwootReply.Ok(agent is null ? null : new { id = agent.Id, name = agent.Name, role = agent.Role });
        });
    }
}
