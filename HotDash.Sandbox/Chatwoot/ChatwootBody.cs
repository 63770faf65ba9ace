using System.Text.Json;
using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Chatwoot;

/// <summary>Reads bodies as loosely as Rails does: what is missing or of another kind is nothing.</summary>
internal static class ChatwootBody
{
    /// <returns>Null when it is no JSON object.</returns>
    public static async Task<JsonObject?> ReadAsync(HttpRequest request)
    {
        try
        {
            return await JsonNode.ParseAsync(request.Body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static IResult Malformed(HttpContext context) =>
        ChatwootReply.Refuse(context, 400, new { status = 400, error = "Bad Request" }, "the body is no JSON object");

    public static string? Text(this JsonObject body, string name) =>
        body[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    public static long? Number(this JsonObject body, string name) =>
        body[name] is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;

    public static bool Truth(this JsonObject body, string name) =>
        body[name] is JsonValue value && value.TryGetValue<bool>(out var truth) && truth;

    /// <returns>Null when it is no list of texts.</returns>
    public static string[]? Texts(this JsonObject body, string name) =>
        body[name] is JsonArray items && items.All(item => item is JsonValue value && value.TryGetValue<string>(out _))
            ? [.. items.Select(item => item!.GetValue<string>())]
            : null;
}
