using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HotDash.ControlPlane.Webhooks;

namespace HotDash.Api.Features.Webhooks;

/// <summary>A body as it may be shown: its shape, its numbers and what is known to be harmless. Any other text may be a customer's.</summary>
internal static partial class Redacted
{
    private const string Hidden = "(not shown)";

    /// <returns>Null when it is no JSON.</returns>
    public static JsonNode? Of(ReadOnlySpan<byte> body)
    {
        try
        {
            using var json = WebhookJson.Parse(body.ToArray());
            return Of(json.RootElement, name: "");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // the latter: a text in it is no UTF-8
        {
            return null;
        }
    }

    private static JsonNode? Of(JsonElement value, string name) => value.ValueKind switch
    {
        JsonValueKind.Object => Object(value),
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(item => Of(item, name))]),
        JsonValueKind.String => Harmless().IsMatch(name) && Word().IsMatch(value.GetString()!) ? JsonValue.Create(value.GetString()) : JsonValue.Create(Hidden),
        JsonValueKind.Number => Personal().IsMatch(name) ? JsonValue.Create(Hidden) : JsonNode.Parse(value.GetRawText()),
        JsonValueKind.True or JsonValueKind.False => JsonValue.Create(value.GetBoolean()),
        _ => null,
    };

    private static JsonObject Object(JsonElement value)
    {
        var copy = new JsonObject();
        foreach (var member in value.EnumerateObject())
            copy[member.Name] = Of(member.Value, member.Name);

        return copy;
    }

    [GeneratedRegex("(^|_)(id|at|status|state|type|event|currency|price|amount|quantity|sku|kind|source|version|gid|total|labels|priority|channel)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Harmless();

    /// <summary>Ids, times, amounts and words of a program; nothing that people write to each other, and no address.</summary>
    [GeneratedRegex(@"\A[A-Za-z0-9_.:/+-]{0,100}\z", RegexOptions.None, 1000)]
    private static partial Regex Word();

    [GeneratedRegex("phone|latitude|longitude|zip|card|number|token|secret", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Personal();
}
