using System.Text.Json;
using System.Text.Json.Nodes;

namespace HotDash.ControlPlane.Webhooks.Subscriptions;

/// <summary>Something that a provider did not tell us, in the shape in which it would have. A class: a record would print the body.</summary>
internal sealed class MissedEvent(string topic, string resource, string version, JsonObject body)
{
    public string Topic => topic;

    public string Resource => resource;

    /// <summary>Read again, it is known by its version.</summary>
    public string DeliveryId => $"backfill:{topic}:{resource}:{version}";

    public byte[] Body() => JsonSerializer.SerializeToUtf8Bytes(body);
}
