using System.Text.Json;

namespace HotDash.ControlPlane.Webhooks;

/// <summary>How a body is read, by whom it may be: a member that is given twice could mean one thing here and another there.</summary>
public static class WebhookJson
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <exception cref="JsonException">It is no JSON, or has a member twice.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body, Strict);
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("A member's name is no UTF-8.", e);
        }
    }
}
