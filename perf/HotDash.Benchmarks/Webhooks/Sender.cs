using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace HotDash.Benchmarks.Webhooks;

/// <summary>A shop that tells of orders: the same signed words each time, under an id of their own.</summary>
internal sealed class Sender(Uri api) : IDisposable
{
    public const string Secret = "no-secret";

    public static readonly byte[] Body = Encoding.UTF8.GetBytes($$"""{"id":820982911946154508,"note":"{{new string('x', 2000)}}"}""");
    private static readonly string Signature = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Body));

    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = api };

    public async Task SendAsync(CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "webhooks/shopify") { Content = new ByteArrayContent(Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-Shopify-Hmac-SHA256", Signature);
        request.Headers.Add("X-Shopify-Topic", "orders/updated");
        request.Headers.Add("X-Shopify-Webhook-Id", Guid.NewGuid().ToString());
        using var answer = await _http.SendAsync(request, ct);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();
}
