using System.Text.Json;

namespace HotDash.Integrations.Google;

/// <summary>Some of Google's apis say "too many requests" as 403, with the reason in the body.</summary>
internal static class GoogleReplies
{
    private static readonly HashSet<string> Throttled = new(
        ["rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded", "RATE_LIMIT_EXCEEDED", "RESOURCE_EXHAUSTED"], StringComparer.Ordinal);

    public static ReplyReading Read(HttpResponseMessage reply, DateTimeOffset now)
    {
        var reading = ReplyReading.Standard(reply, now);

        return reading.Status is 403 && Reasons(ReplyBody.Of(reply)).Any(Throttled.Contains) ? reading with { Status = 429 } : reading;
    }

    /// <summary>Older apis list <c>errors[].reason</c>, newer ones say <c>status</c> and <c>details[].reason</c>.</summary>
    private static List<string> Reasons(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return Member(json.RootElement, "error") is { } error
                ? [.. new[] { Text(error, "status") }.Concat(Reasons(error, "errors")).Concat(Reasons(error, "details")).OfType<string>()]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static IEnumerable<string?> Reasons(JsonElement error, string list) =>
        Member(error, list) is { ValueKind: JsonValueKind.Array } reasons ? reasons.EnumerateArray().Select(reason => Text(reason, "reason")) : [];

    private static string? Text(JsonElement parent, string name) => Member(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Member(JsonElement parent, string name) =>
        parent.ValueKind is JsonValueKind.Object && parent.TryGetProperty(name, out var member) ? member : null;
}
