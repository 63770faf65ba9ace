using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>
/// Signs the body alone: neither a time nor the topic. What was delivered already is known by its id; whoever acts on a topic that does
/// harm must make sure by other means that it is so. https://shopify.dev/docs/apps/build/webhooks
/// </summary>
internal sealed class ShopifyWebhooks(WebhookSecrets secrets) : WebhookSource("shopify")
{
    public override SignatureVerdict Check(IHeaderDictionary headers, ReadOnlySpan<byte> body, DateTimeOffset now, TimeSpan tolerance)
    {
        var signature = new byte[32];
        return One(headers, "X-Shopify-Hmac-SHA256") is { Length: 44 } text
               && Convert.TryFromBase64String(text, signature, out var length) && length == signature.Length
               && secrets.Signed(signature, [], body)
            ? SignatureVerdict.Valid
            : SignatureVerdict.Wrong;
    }

    protected override string? DeliveryOf(IHeaderDictionary headers) => One(headers, "X-Shopify-Webhook-Id");

    protected override (string? Topic, string? Resource) About(IHeaderDictionary headers, JsonElement body)
    {
        var topic = One(headers, "X-Shopify-Topic");
        var (kind, id) = topic?.Split('/')[0] switch
        {
            "inventory_levels" => ("inventory", Find(body, "inventory_item_id")),
            "inventory_items" => ("inventory", Find(body, "id")),
            "refunds" or "fulfillments" => ("orders", Find(body, "order_id")),
            "app" => ("app", "all"),
            var other => (other, Find(body, "id")),
        };

        return (topic, $"{kind}/{id}");
    }
}
