using System.Globalization;

namespace HotDash.Integrations.Chatwoot;

public sealed partial class ChatwootClient
{
    /// <summary>Has the webhook told exactly these events from now on. It keeps its secret.</summary>
    public async Task<Webhook> ChangeWebhookAsync(long id, Uri address, IReadOnlyList<string> events, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(address);
        using var request = new ProviderRequest(HttpMethod.Patch, _queries.Account(string.Create(CultureInfo.InvariantCulture, $"webhooks/{id}")))
        {
            Content = JsonBody.Of(new WebhookBody(address.AbsoluteUri, events), ChatwootJson.Default.WebhookBody),
        };

        return await provider.ReadAsync("change-webhook", request, ChatwootJson.Default.JsonElement, WebhookReplies.One, ct);
    }
}
