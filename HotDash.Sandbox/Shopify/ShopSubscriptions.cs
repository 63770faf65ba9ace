using System.Globalization;
using System.Text.Json.Nodes;
using HotDash.Sandbox.Ledger;
using HotDash.Sandbox.Shopify.Mutations;

namespace HotDash.Sandbox.Shopify;

/// <summary>Who is told what. Used by one request at a time.</summary>
internal sealed class ShopSubscriptions(EffectLedger ledger, TimeProvider clock)
{
    private readonly List<JsonObject> _all = [];
    private int _last;

    public IEnumerable<JsonObject> Of(string? uri) => _all.Where(known => uri is null || AddressOf(known) == uri);

    /// <param name="topic">In the schema's words.</param>
    public IReadOnlyList<Uri> Addresses(string topic) => [.. _all.Where(known => known["topic"]!.GetValue<string>() == topic).Select(known => new Uri(AddressOf(known)))];

    public void Clear() => _all.Clear();

    /// <summary><c>webhookSubscriptionCreate</c></summary>
    public JsonObject Create(Mutation mutation)
    {
        var (topic, uri) = (mutation.Read<string>("topic"), mutation.Read<SubscriptionInput>("webhookSubscription").Uri);
        if (Refusal(topic, uri) is { } why)
            return mutation.Payload([new("INVALID", why, "webhookSubscription", "uri")], ("webhookSubscription", null));

        var subscription = new JsonObject
        {
            ["__typename"] = "WebhookSubscription",
            ["id"] = string.Create(CultureInfo.InvariantCulture, $"gid://shopify/WebhookSubscription/{++_last}"),
            ["topic"] = topic,
            ["uri"] = uri,
        };
        _all.Add(subscription);
        ledger.Add("shopify", clock.GetUtcNow(), "webhook.created", new() { ["topic"] = topic, ["uri"] = uri }, mutation.TraceParent);
        return mutation.Payload([], ("webhookSubscription", subscription.DeepClone()));
    }

    private string? Refusal(string topic, string? text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) switch
    {
        false => "Address is invalid",
        _ when uri!.Scheme is not "https" && !uri.IsLoopback => "Address protocol http:// is not supported", // Shopify takes no other; a sandbox has no certificate
        _ when Of(text).Any(known => known["topic"]!.GetValue<string>() == topic) => "Address for this topic has already been taken",
        _ => null,
    };

    private static string AddressOf(JsonObject known) => known["uri"]!.GetValue<string>();

    private sealed record SubscriptionInput(string? Uri = null, string? Format = null);
}
