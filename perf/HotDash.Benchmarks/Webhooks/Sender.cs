using System.Diagnostics;
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

    /// <summary>So many a second, whether earlier ones were answered or not.</summary>
    /// <returns>How long each answer took, from when it was to be sent, in ms.</returns>
    public async Task<double[]> SendEvenlyAsync(int perSecond, TimeSpan time, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        var all = new List<Task<double>>();
        for (var i = 0; i < perSecond * time.TotalSeconds; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / perSecond);
            if (due - Stopwatch.GetElapsedTime(began) is var wait && wait > TimeSpan.Zero)
                await Task.Delay(wait, ct);
            all.Add(TimeAsync(began + (long)(due.TotalSeconds * Stopwatch.Frequency), ct));
        }

        return await Task.WhenAll(all);
    }

    public void Dispose() => _http.Dispose();

    private async Task<double> TimeAsync(long due, CancellationToken ct)
    {
        await SendAsync(ct);
        return Stopwatch.GetElapsedTime(due).TotalMilliseconds;
    }
}
