using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HotDash.Api.Tests.Features.Webhooks;

/// <summary>Events as providers sign and send them.</summary>
internal static class Signed
{
    public const string Secret = "canary-webhook-secret";
    public const string Previous = "canary-webhook-secret-before";
    public const string StandardSecret = "whsec_Y2FuYXJ5LXN0YW5kYXJkLXNlY3JldA==";

    public static readonly (string, string)[] Settings =
    [
        ("CHATWOOT_WEBHOOK_SECRET", Secret), ("CHATWOOT_WEBHOOK_SECRET_PREVIOUS", Previous), ("SHOPIFY_WEBHOOK_SECRET", Secret),
        ("Webhooks:Sources:acme:Secret", StandardSecret),
    ];

    public static HttpRequestMessage Chatwoot(byte[] body, string delivery = "d-1", string secret = Secret, TimeSpan age = default) => Chatwoot(body, delivery, secret, Seconds(age));

    public static HttpRequestMessage Chatwoot(byte[] body, string delivery, string secret, string time) => Request("chatwoot", body,
        ("X-Chatwoot-Timestamp", time),
        ("X-Chatwoot-Signature", $"sha256={Convert.ToHexStringLower(Mac(Encoding.UTF8.GetBytes(secret), [.. Encoding.UTF8.GetBytes($"{time}."), .. body]))}"),
        ("X-Chatwoot-Delivery", delivery));

    public static HttpRequestMessage Shopify(byte[] body, string delivery = "d-1", string topic = "orders/create", string secret = Secret) => Request("shopify", body,
        ("X-Shopify-Hmac-SHA256", Convert.ToBase64String(Mac(Encoding.UTF8.GetBytes(secret), body))),
        ("X-Shopify-Topic", topic),
        ("X-Shopify-Webhook-Id", delivery));

    public static HttpRequestMessage Standard(byte[] body, string delivery = "msg_1", TimeSpan age = default, string others = "", string secret = StandardSecret)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var time = Seconds(age); // asked for once: the header and what is signed must not see different seconds
        return Request("acme", body,
            ("webhook-id", delivery),
            ("webhook-timestamp", time),
            ("webhook-signature", $"{others}v1,{Convert.ToBase64String(Mac(key, [.. Encoding.UTF8.GetBytes($"{delivery}.{time}."), .. body]))}"));
    }

    public static HttpRequestMessage Request(string source, byte[] body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/webhooks/{source}") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);

        return request;
    }

    public static byte[] Json(string text) => Encoding.UTF8.GetBytes(text);

    private static string Seconds(TimeSpan age) => (DateTimeOffset.UtcNow - age).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static byte[] Mac(byte[] secret, byte[] content) => HMACSHA256.HashData(secret, content);
}
