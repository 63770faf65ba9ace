using System.Text.Json;
using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Webhooks;

/// <summary>Sends webhooks, to this machine only.</summary>
internal sealed class WebhookSender : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = TimeSpan.FromMinutes(2) };

    public void Dispose() => _http.Dispose();

    /// <summary>Once to everybody who subscribed, as providers do at first.</summary>
    public async Task<IReadOnlyList<Sent>> SendAsync(ITeller teller, string topic, string delivery, JsonNode body, CancellationToken ct)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body);
        var sent = new List<Sent>();
        foreach (var listener in teller.Listeners(topic))
            sent.Add(new(listener.Address.AbsoluteUri, await SendAsync(listener.Address, bytes, teller.Sign(listener, topic, delivery, bytes), ct)));

        return sent;
    }

    /// <returns>Null when nobody answered, or the address is not of this machine.</returns>
    private async Task<int?> SendAsync(Uri address, byte[] body, IReadOnlyList<(string Name, string Value)> headers, CancellationToken ct)
    {
        if (!address.IsLoopback)
            return null;

        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } } };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);

        try
        {
            using var reply = await _http.SendAsync(request, ct);
            return (int)reply.StatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return null;
        }
    }
}

/// <param name="Status">Null when nobody answered.</param>
internal sealed record Sent(string Address, int? Status);
