using System.Text.Json;
using System.Text.Json.Serialization;

namespace HotDash.Integrations.Shopify;

/// <summary>What stands beside a reply's data. The data itself is passed over: it is the larger part by far.</summary>
internal sealed record ShopifyMeaning(IReadOnlyList<GraphError?>? Errors, ReplyExtensions? Extensions)
{
    public static ShopifyMeaning? Of(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body);
        if (!json.Read() || json.TokenType is not JsonTokenType.StartObject)
            return null;

        var meaning = new ShopifyMeaning(null, null);
        while (json.Read() && json.TokenType is JsonTokenType.PropertyName)
        {
            var (errors, extensions) = (json.ValueTextEquals("errors"u8), json.ValueTextEquals("extensions"u8));
            json.Read();
            if (errors)
                meaning = meaning with { Errors = ErrorsOf(ref json) };
            else if (extensions)
                meaning = meaning with { Extensions = JsonSerializer.Deserialize(ref json, ShopifyJson.Default.ReplyExtensions) };
            else
                json.Skip();
        }

        return meaning;
    }

    // Some refusals have a text in place of the list, or an object.
    private static IReadOnlyList<GraphError?>? ErrorsOf(ref Utf8JsonReader json)
    {
        if (json.TokenType is JsonTokenType.Null)
            return null;

        if (json.TokenType is JsonTokenType.StartArray)
            return JsonSerializer.Deserialize(ref json, ShopifyJson.Default.IReadOnlyListGraphError);

        json.Skip();
        return [null];
    }
}

internal sealed record GraphError(ErrorExtensions? Extensions = null);

internal sealed record ErrorExtensions(string? Code = null);

internal sealed record ReplyExtensions(QueryCost? Cost = null);

internal sealed record QueryCost(
    [property: JsonPropertyName("requestedQueryCost")] double Requested,
    [property: JsonPropertyName("actualQueryCost")] double? Actual = null,
    [property: JsonPropertyName("throttleStatus")] ThrottleStatus? Bucket = null);

/// <summary>How full the bucket is, how much it holds, and what comes back in a second.</summary>
internal sealed record ThrottleStatus(
    [property: JsonPropertyName("maximumAvailable")] double Capacity,
    [property: JsonPropertyName("currentlyAvailable")] double Available,
    [property: JsonPropertyName("restoreRate")] double Rate)
{
    public TimeSpan? Until(double points) =>
        Rate > 0 && double.IsFinite(points) ? TimeSpan.FromSeconds(Math.Clamp((points - Available) / Rate, 0, 86_400)) : null;
}
