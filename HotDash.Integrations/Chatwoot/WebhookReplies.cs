using System.Text.Json;

namespace HotDash.Integrations.Chatwoot;

/// <summary>Chatwoot's description and its servers disagree on webhooks: bare, or wrapped in <c>payload</c>.</summary>
internal static class WebhookReplies
{
    public static IReadOnlyList<Webhook> List(JsonElement reply) => Unwrap(reply, "webhooks") is { ValueKind: JsonValueKind.Array } rows
        ? [.. rows.EnumerateArray().Select(Read)]
        : throw new UnreadableReplyException("the reply has no webhooks");

    public static Webhook One(JsonElement reply) => Read(Unwrap(reply, "webhook"));

    private static JsonElement Unwrap(JsonElement reply, string name) =>
        reply.ValueKind is JsonValueKind.Object && reply.TryGetProperty("payload", out var payload)
        && payload.ValueKind is JsonValueKind.Object && payload.TryGetProperty(name, out var inside)
            ? inside
            : reply;

    private static Webhook Read(JsonElement row)
    {
        try
        {
            return row.Deserialize(ChatwootJson.Default.WebhookRow)?.ToWebhook() ?? throw new UnreadableReplyException("the reply has a webhook that is null");
        }
        catch (JsonException)
        {
            throw new UnreadableReplyException("the reply has a webhook that we cannot read");
        }
    }
}
