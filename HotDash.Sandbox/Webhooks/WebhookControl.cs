using System.Text.Json.Nodes;
using HotDash.Sandbox.Control;

namespace HotDash.Sandbox.Webhooks;

/// <summary>Has a provider tell something now, or forget who subscribed.</summary>
internal static class WebhookControl
{
    /// <param name="Topic">As its deliveries name it: <c>message_created</c>, <c>orders/updated</c>.</param>
    /// <param name="Delivery">The same again is the same delivery tried again; a new one unless given.</param>
    private sealed record Telling(string Provider, string Topic, JsonObject Body, string? Delivery = null);

    public static void MapWebhooks(this RouteGroupBuilder control)
    {
        control.MapPost("/webhooks", async (HttpRequest request, IEnumerable<IProvider> providers, WebhookSender sender, CancellationToken ct) =>
        {
            var (telling, refusal) = await ControlJson.ReadAsync<Telling>(request, ct);
            if (refusal is not null)
                return refusal;

            return Find(providers, telling!.Provider) is { } teller && telling is { Topic: not null, Body: not null }
                ? ControlEndpoints.Answer(new { sent = await sender.SendAsync(teller, telling.Topic, telling.Delivery ?? $"{Guid.CreateVersion7()}", teller.Named(telling.Topic, telling.Body), ct) })
                : Problem.Invalid(new Dictionary<string, string>(StringComparer.Ordinal) { ["provider"] = "Give provider (chatwoot or shopify), topic and body." });
        });

        control.MapDelete("/webhooks/{provider}", (string provider, IEnumerable<IProvider> providers) =>
        {
            if (Find(providers, provider) is not { } teller)
                return Problem.NotFound($"There is no provider {provider} that sends webhooks.");

            teller.DropSubscriptions();
            return Results.NoContent();
        });
    }

    private static ITeller? Find(IEnumerable<IProvider> providers, string? key) => providers.OfType<ITeller>().FirstOrDefault(teller => teller.Key == key);
}
