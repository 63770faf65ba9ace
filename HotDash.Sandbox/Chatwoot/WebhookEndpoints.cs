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
    }

    private static async Task<IResult> AddAsync(HttpContext context, ChatwootDesk desk, ChatwootSettings settings, int account)
    {
        if (await ChatwootBody.ReadAsync(context.Request) is not { } body)
            return ChatwootBody.Malformed(context);

        if (!Uri.TryCreate(body.Text("url"), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            return ChatwootReply.Invalid(context, "url", "Url is invalid");

        if (body.Texts("subscriptions") is not { Length: > 0 } events || events.Except(Events, StringComparer.Ordinal).Any())
            return ChatwootReply.Invalid(context, "subscriptions", "Subscriptions Invalid events");

        if (desk.AddWebhook(context, url.OriginalString, body.Text("name"), events, account) is not { } webhook)
            return ChatwootReply.Invalid(context, "url", "Url has already been taken");

        return settings.Wrapped ? ChatwootReply.Ok(new { payload = new { webhook } }) : ChatwootReply.Ok(webhook);
    }
}
