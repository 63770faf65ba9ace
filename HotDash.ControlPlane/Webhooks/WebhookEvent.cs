using System.Text.Json;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>What a provider told us. A class: a record would print the body.</summary>
public sealed class WebhookEvent
{
    public required Guid Id { get; init; }

    public required string Source { get; init; }

    /// <summary>As the provider calls it: <c>message_created</c>, <c>orders/updated</c>.</summary>
    public required string Topic { get; init; }

    /// <summary>What it is about: <c>conversation/7</c>, <c>orders/820982911946154508</c>.</summary>
    public required string Resource { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The signed bytes, as they came.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <exception cref="UnreadableWebhookException">It is no JSON object.</exception>
    public JsonElement Json()
    {
        try
        {
            using var document = WebhookJson.Parse(Body);
            return document.RootElement.ValueKind is JsonValueKind.Object ? document.RootElement.Clone() : throw new UnreadableWebhookException("The body is no JSON object.");
        }
        catch (JsonException)
        {
            throw new UnreadableWebhookException("The body is no JSON.");
        }
    }
}

/// <summary>The event is not what its handler expects, and never will be: it is given up at once, for a person to look at.</summary>
/// <param name="why">In our own words; nothing of the body, which is a customer's.</param>
public sealed class UnreadableWebhookException(string why) : Exception(why);
