using System.Globalization;
using System.Text.Json;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>
/// What happened, however we came to know of it: told by the provider, or read from it afterwards. Only where the two can be told to be
/// the same; whatever else is handled twice makes HotDash look twice.
/// </summary>
internal static class WebhookMarks
{
    public static string? Of(WebhookEvent happened) => (happened.Source, happened.Topic) switch
    {
        ("chatwoot", "message_created") => Member(happened, "id") is { } id ? $"message/{id}" : null,
        ("chatwoot", "conversation_created") or ("shopify", "orders/create") => "created",
        ("shopify", "orders/updated" or "products/update") => Version(Member(happened, "updated_at")),
        _ => null,
    };

    /// <summary>Shops write it in their own time zone.</summary>
    private static string? Version(string? time) => DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
        ? at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : null;

    private static string? Member(WebhookEvent happened, string name) => happened.Json().TryGetProperty(name, out var member) && member.ValueKind is JsonValueKind.String or JsonValueKind.Number
        ? member.ToString()
        : null;
}
