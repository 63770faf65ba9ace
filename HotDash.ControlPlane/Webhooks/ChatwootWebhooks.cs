using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>
/// Webhooks of an account: servers from 4.11.2 on sign the time and the body. Those before do not, and are refused.
/// https://github.com/chatwoot/chatwoot/pull/13573
/// </summary>
internal sealed class ChatwootWebhooks(WebhookSecrets secrets) : WebhookSource("chatwoot")
{
    private const string Prefix = "sha256=";

    public override WebhookSecrets Learning => secrets;

    public override SignatureVerdict Check(IHeaderDictionary headers, ReadOnlySpan<byte> body, DateTimeOffset now, TimeSpan tolerance)
    {
        if (One(headers, "X-Chatwoot-Timestamp") is not { } time || One(headers, "X-Chatwoot-Signature") is not { Length: 71 } text
            || !text.StartsWith(Prefix, StringComparison.Ordinal))
            return SignatureVerdict.Wrong;

        var signature = new byte[32];
        if (Convert.FromHexString(text.AsSpan(Prefix.Length), signature, out _, out _) is not System.Buffers.OperationStatus.Done
            || !secrets.Signed(signature, Bytes($"{time}."), body))
            return SignatureVerdict.Wrong;

        return IsFresh(time, now, tolerance) ? SignatureVerdict.Valid : SignatureVerdict.TooOld;
    }

    protected override string? DeliveryOf(IHeaderDictionary headers) => One(headers, "X-Chatwoot-Delivery");

    /// <summary>Messages and the conversation's own events share a conversation, whose id is at another place in each.</summary>
    protected override (string? Topic, string? Resource) About(IHeaderDictionary headers, JsonElement body)
    {
        var topic = Word(body, "event");
        var (kind, id) = topic switch
        {
            not null when topic.StartsWith("message_", StringComparison.Ordinal) => ("conversation", Find(body, "conversation", "id")),
            not null when topic.StartsWith("conversation_typing", StringComparison.Ordinal) => ("conversation", Find(body, "conversation", "id")),
            not null when topic.StartsWith("conversation_", StringComparison.Ordinal) => ("conversation", Find(body, "id")),
            not null when topic.StartsWith("contact_", StringComparison.Ordinal) => ("contact", Find(body, "id")),
            _ => (topic, "all"),
        };

        return (topic, $"{kind}/{id}");
    }
}
