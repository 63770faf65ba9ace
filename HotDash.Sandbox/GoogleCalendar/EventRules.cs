using System.Globalization;
using System.Text.Json.Nodes;

namespace HotDash.Sandbox.GoogleCalendar;

/// <summary>What Google takes as an event, as far as the sandbox knows events. https://developers.google.com/workspace/calendar/api/v3/reference/events</summary>
internal static class EventRules
{
    private static readonly string[] Known =
        ["id", "status", "summary", "description", "location", "colorId", "start", "end", "reminders", "extendedProperties", "attendees", "transparency", "visibility", "source"];

    public static bool IsId(string id) => id is { Length: >= 5 and <= 1024 } && id.All(letter => letter is >= 'a' and <= 'v' or >= '0' and <= '9');

    /// <returns>Why it is refused: Google's reason and words.</returns>
    public static (string Reason, string Message)? Refuse(JsonObject body)
    {
        if (body.FirstOrDefault(member => !Known.Contains(member.Key, StringComparer.Ordinal)).Key is { } unknown)
            return ("parseError", $"The sandbox does not know the field {unknown}.");
        if (Moment(body["start"]) is not { } start)
            return ("required", "Missing or invalid start time.");
        if (Moment(body["end"]) is not { } end)
            return ("required", "Missing end time.");
        if (start.IsDay != end.IsDay)
            return ("invalid", "Invalid start time: start and end must either both be date or both be dateTime.");
        if (end.At < start.At || (end.At == start.At && start.IsDay))
            return ("timeRangeEmpty", "The specified time range is empty.");
        if (body["colorId"] is { } color && (!int.TryParse(Text(color), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 11))
            return ("invalid", "Invalid color id value.");
        if (Text(body["status"]) is not (null or "confirmed" or "tentative" or "cancelled"))
            return ("invalid", "Invalid value for: status");

        return body["reminders"]?["overrides"] is JsonArray reminders && (reminders.Count > 5 || reminders.Any(reminder => !IsReminder(reminder)))
            ? ("invalid", "Invalid reminders: at most 5, by email or popup, 0 to 40320 minutes before.")
            : null;
    }

    /// <summary>A patch replaces what it names, member by member; null takes a member away.</summary>
    public static JsonObject Patch(JsonObject known, JsonObject patch)
    {
        var patched = known.DeepClone().AsObject();
        foreach (var (name, value) in patch)
        {
            patched[name] = (value, patched[name]) switch
            {
                (JsonObject inner, JsonObject old) => Patch(old, inner),
                _ => value?.DeepClone(),
            };
            if (value is null)
                patched.Remove(name);
        }

        return patched;
    }

    private static (DateTimeOffset At, bool IsDay)? Moment(JsonNode? time) => time switch
    {
        JsonObject { Count: > 0 } given when given["date"] is { } date && given["dateTime"] is null =>
            DateOnly.TryParseExact(Text(date), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? (new(day, default, default), true) : null,
        JsonObject { Count: > 0 } given when given["dateTime"] is { } moment && given["date"] is null =>
            Text(moment) is { Length: > 19 } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var at) ? (at, false) : null,
        _ => null,
    };

    private static bool IsReminder(JsonNode? reminder) =>
        Text(reminder?["method"]) is "email" or "popup" && reminder?["minutes"] is JsonValue minutes && minutes.TryGetValue<int>(out var before) && before is >= 0 and <= 40_320;

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
