using System.Globalization;
using System.Text.Json.Nodes;

namespace HotDash.Sandbox.GoogleCalendar;

/// <summary>An event as it is kept.</summary>
/// <param name="Body">What its writers said, in Google's own shape.</param>
/// <param name="Version">Counts the changes of the calendar: the etag, and the order in which changes are listed.</param>
internal sealed record StoredEvent(string Id, JsonObject Body, long Version, DateTimeOffset Created, DateTimeOffset Updated)
{
    public bool IsDeleted => Body["status"]?.GetValue<string>() is "cancelled";

    public string ETag => $"\"{Version.ToString(CultureInfo.InvariantCulture)}\"";

    public JsonObject ToJson()
    {
        var json = Body.DeepClone().AsObject();
        json["kind"] = "calendar#event";
        json["id"] = Id;
        json["etag"] = ETag;
        json["created"] = Created.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        json["updated"] = Updated.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        json["htmlLink"] = $"https://calendar.example/event?eid={Id}";
        json["iCalUID"] = $"{Id}@google.com";
        json["eventType"] = "default";
        json["sequence"] = 0;
        return json;
    }
}
