using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Chatwoot;

/// <summary>The account's webhooks: in the shape of running servers, or in that of Chatwoot's description.</summary>
internal static class WebhookEndpoints
{
    private static readonly string[] Events =
    [
        "conversation_created", "conversation_status_changed", "conversation_updated", "message_created", "message_updated", "contact_created",
        "contact_updated", "webwidget_triggered", "inbox_created", "inbox_updated", "conversation_typing_on", "conversation_typing_off",
    ];

    public static void MapWebhooks(this RouteGroupBuilder api, ChatwootDesk desk, ChatwootSettings settings, int account)
    {
        api.MapGet("/webhooks", () => settings.Wrapped
            ? ChatwootReply.Ok(new { payload = new { webhooks = desk.Webhooks() } })
            : ChatwootReply.Ok(desk.Webhooks()));
        api.MapPost("/webhooks", (Delegate)((HttpContext context) => AddAsync(context, desk, settings, account)));
        api.MapPatch("/webhooks/{id:long}", (long id, HttpContext context) => ChangeAsync(id, context, desk, settings));
    }

    private static async Task<IResult> AddAsync(HttpContext context, ChatwootDesk desk, ChatwootSettings settings, int account)
    {
        if (await ChatwootBody.ReadAsync(context.Request) is not { } body)
            return ChatwootBody.Malformed(context);
        if (Refusal(context, body) is { } refusal)
            return refusal;

        return desk.AddWebhook(context, body.Text("url")!, body.Text("name"), body.Texts("subscriptions")!, account) is { } webhook
            ? Answer(settings, webhook)
            : ChatwootReply.Invalid(context, "url", "Url has already been taken");
    }

    private static async Task<IResult> ChangeAsync(long id, HttpContext context, ChatwootDesk desk, ChatwootSettings settings)
    {
        if (await ChatwootBody.ReadAsync(context.Request) is not { } body)
            return ChatwootBody.Malformed(context);
        if (Refusal(context, body) is { } refusal)
            return refusal;

        return desk.ChangeWebhook(context, id, body.Text("url")!, body.Texts("subscriptions")!) is { } webhook ? Answer(settings, webhook) : ChatwootReply.NotFound(context);
    }

    private static IResult? Refusal(HttpContext context, JsonObject body)
    {
        if (!Uri.TryCreate(body.Text("url"), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            return ChatwootReply.Invalid(context, "url", "Url is invalid");

        return body.Texts("subscriptions") is not { Length: > 0 } events || events.Except(Events, StringComparer.Ordinal).Any()
            ? ChatwootReply.Invalid(context, "subscriptions", "Subscriptions Invalid events")
            : null;
    }

    private static IResult Answer(ChatwootSettings settings, JsonObject webhook) =>
        settings.Wrapped ? ChatwootReply.Ok(new { payload = new { webhook } }) : ChatwootReply.Ok(webhook);
}
