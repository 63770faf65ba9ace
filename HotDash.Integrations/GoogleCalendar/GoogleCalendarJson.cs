using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace HotDash.Integrations.GoogleCalendar;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(EventBody))]
[JsonSerializable(typeof(EventReply))]
[JsonSerializable(typeof(EventsPage))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class GoogleCalendarJson : JsonSerializerContext;

internal sealed record EventBody(
    string? Id, string Status, string Summary, string Description, TimeBody? Start, TimeBody? End, string? ColorId, RemindersBody Reminders, PropertiesBody ExtendedProperties)
{
    public static EventBody Of(EventDraft draft, string? id = null) => new(
        id, "confirmed", draft.Fields.Title, draft.Fields.Description, TimeBody.Of(draft.Fields.Start), TimeBody.Of(draft.Fields.End),
        draft.Fields.Color is { } color ? ((int)color).ToString(CultureInfo.InvariantCulture) : null,
        new(UseDefault: false, [.. draft.Reminders.Select(minutes => new ReminderBody("popup", minutes))]),
        new(new(draft.Fields.Fingerprint())));
}

internal sealed record TimeBody(DateOnly? Date, DateTimeOffset? DateTime)
{
    public static TimeBody? Of(EventTime? time) => time is null ? null : new(time.Day, time.At);

    public EventTime ToTime() => new(Date, Date is null ? DateTime : null);
}

internal sealed record RemindersBody(bool UseDefault, IReadOnlyList<ReminderBody> Overrides);

internal sealed record ReminderBody(string Method, int Minutes);

internal sealed record PropertiesBody(PrivateBody? Private);

/// <summary>What only programs see of an event.</summary>
internal sealed record PrivateBody(string? Hotdash);

internal sealed class EventReply
{
    [JsonRequired] public string Id { get; init; } = "";
    public string? Etag { get; init; }
    public string? Status { get; init; }
    public DateTimeOffset? Updated { get; init; }
    public string? HtmlLink { get; init; }
    public string? Summary { get; init; }
    public string? Description { get; init; }
    public TimeBody? Start { get; init; }
    public TimeBody? End { get; init; }
    public string? ColorId { get; init; }
    public PropertiesBody? ExtendedProperties { get; init; }

    /// <summary>What is empty is left out; of a deleted event nothing but its id is sure to be there.</summary>
    public CalendarEvent ToEvent() => Status is "cancelled" || Etag is { Length: > 0 }
        ? new(Id, Etag, Status is "cancelled", Updated, HtmlLink, Fields(), ExtendedProperties?.Private?.Hotdash)
        : throw new UnreadableReplyException("the reply has an event without an etag");

    private EventFields Fields() => new(Summary ?? "", Description ?? "", Start?.ToTime(), End?.ToTime(), Color());

    private EventColor? Color() => Enum.TryParse<EventColor>(ColorId, out var color) ? color : null;
}

internal sealed class EventsPage
{
    public IReadOnlyList<EventReply?>? Items { get; init; }
    public string? NextPageToken { get; init; }
    public string? NextSyncToken { get; init; }
}
