using System.Globalization;

namespace HotDash.Integrations.AlertWebhook;

/// <summary>https://www.standardwebhooks.com</summary>
public sealed class AlertWebhookClient(ProviderHttp provider, AlertWebhookOptions options, TimeProvider clock)
{
    /// <summary>Whether somebody answers there. Asks for no more than OPTIONS: some receivers take whatever else comes for a message.</summary>
    public async Task LookAsync(CancellationToken ct)
    {
        using var request = new ProviderRequest(HttpMethod.Options, options.Receiver!.AbsoluteUri);
        await provider.SendAsync("look", request, ct);
    }

    /// <param name="id">The same for each attempt: by it the receiver knows what it has already got.</param>
    /// <param name="body">JSON; the same for each attempt.</param>
    public async Task SendAsync(string id, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        using var request = new ProviderRequest(HttpMethod.Post, options.Receiver!.AbsoluteUri) { Content = JsonBody.Of(body) };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("webhook-signature", options.Secret?.Sign(id, now, body.Span)); // without a secret nothing is sent

        await provider.SendAsync("send-message", request, ct);
    }
}
