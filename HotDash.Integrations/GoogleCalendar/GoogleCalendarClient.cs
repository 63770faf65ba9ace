using System.Text.Json;
using System.Text.Json.Nodes;

namespace HotDash.Integrations.GoogleCalendar;

/// <summary>The events of one calendar. https://developers.google.com/workspace/calendar/api/v3/reference/events</summary>
public sealed class GoogleCalendarClient(ProviderHttp provider, GoogleCalendarOptions options)
{
    private const int MaxPages = 1000;
    private const string Fields =
        "nextPageToken,nextSyncToken,items(id,etag,status,updated,htmlLink,summary,description,start,end,colorId,extendedProperties/private)";

    /// <summary>An event with an id of ours: whoever repeats the call meets the event of the first.</summary>
    /// <exception cref="IntegrationException"><c>conflict</c>: an event has this id, and be it a deleted one.</exception>
    public async Task<CalendarEvent> InsertAsync(string eventId, EventDraft draft, CancellationToken ct)
    {
        using var request = Request(HttpMethod.Post, "?sendUpdates=none");
        request.Content = JsonBody.Of(EventBody.Of(draft, eventId), GoogleCalendarJson.Default.EventBody);

        return await ReadAsync("insert-event", request, ct);
    }

    /// <summary>Makes an event what the draft says, also when it was deleted. Guests, and what else people added, stay.</summary>
    /// <exception cref="IntegrationException"><c>conflict</c>: somebody has changed it since <paramref name="there"/> was read.</exception>
    public async Task<CalendarEvent> PatchAsync(CalendarEvent there, EventDraft draft, CancellationToken ct)
    {
        using var request = Request(HttpMethod.Patch, $"/{Uri.EscapeDataString(there.Id)}?sendUpdates=none");
        request.Content = JsonBody.Of(Patch(draft), GoogleCalendarJson.Default.JsonObject);
        if (there.ETag is { } etag)
            request.Headers.TryAddWithoutValidation("If-Match", etag);

        return await ReadAsync("patch-event", request, ct);
    }

    /// <exception cref="IntegrationException"><c>not_found</c>: it is deleted already.</exception>
    public async Task DeleteAsync(string eventId, CancellationToken ct)
    {
        using var request = Request(HttpMethod.Delete, $"/{Uri.EscapeDataString(eventId)}?sendUpdates=none");

        await provider.SendAsync("delete-event", request, ct);
    }

    /// <returns>Null when no event ever had this id; a deleted one is found, as such.</returns>
    public async Task<CalendarEvent?> FindAsync(string eventId, CancellationToken ct)
    {
        using var request = Request(HttpMethod.Get, $"/{Uri.EscapeDataString(eventId)}");
        try
        {
            return await ReadAsync("get-event", request, ct);
        }
        catch (IntegrationException e) when (e.Code is IntegrationCodes.NotFound)
        {
            await ProbeAsync(ct); // Google says the same of a calendar that is not shared with us any more
            return null;
        }
    }

    /// <summary>Whether the calendar is there for us. Our scope allows no cheaper question.</summary>
    public async Task ProbeAsync(CancellationToken ct)
    {
        using var request = Request(HttpMethod.Get, "?maxResults=1&fields=nextPageToken");

        await provider.ReadAsync("probe-calendar", request, GoogleCalendarJson.Default.EventsPage, ct);
    }

    /// <summary>Everything for a token of null, or for one that has expired.</summary>
    public async Task<CalendarChanges> ListChangesAsync(string? syncToken, CancellationToken ct)
    {
        try
        {
            return await ListAsync(syncToken, ct);
        }
        catch (IntegrationException e) when (e.Code is IntegrationCodes.NotFound && syncToken is not null)
        {
            return await ListAsync(null, ct); // 410: the token is too old
        }
    }

    private async Task<CalendarChanges> ListAsync(string? syncToken, CancellationToken ct)
    {
        var (events, next) = (new List<CalendarEvent>(), "");
        for (var number = 1; ; number++)
        {
            using var request = Request(
                HttpMethod.Get, $"?maxResults=100&showDeleted=true&fields={Uri.EscapeDataString(Fields)}{Query("syncToken", syncToken)}{next}");
            var page = await provider.ReadAsync("list-events", request.Continues(when: number > 1), GoogleCalendarJson.Default.EventsPage, page => Read(page, number), ct);

            events.AddRange(page.Events.Where(found => found.IsDeleted || found.Mark is not null));
            if (page.SyncToken is { } token)
                return new(events, token);

            next = Query("pageToken", page.PageToken);
        }
    }

    private static (List<CalendarEvent> Events, string? PageToken, string? SyncToken) Read(EventsPage page, int number)
    {
        if (page is { NextSyncToken: null, NextPageToken: null } || number > MaxPages)
            throw new UnreadableReplyException("the list of events does not end");

        return (
            [.. (page.Items ?? []).Select(row => row?.ToEvent() ?? throw new UnreadableReplyException("the reply has an event that is null"))],
            page.NextPageToken,
            page.NextSyncToken);
    }

    private static string Query(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    /// <summary>What a patch leaves out stays: an event of whole days would keep its day beside its time.</summary>
    private static JsonObject Patch(EventDraft draft)
    {
        var body = JsonSerializer.SerializeToNode(EventBody.Of(draft), GoogleCalendarJson.Default.EventBody)!.AsObject();
        foreach (var time in new[] { "start", "end" })
            body[time]![draft.Fields.Start?.Day is null ? "date" : "dateTime"] = null;

        return body;
    }

    private ProviderRequest Request(HttpMethod method, string rest) =>
        new(method, $"calendar/v3/calendars/{Uri.EscapeDataString(options.CalendarId!)}/events{rest}");

    private Task<CalendarEvent> ReadAsync(string operation, ProviderRequest request, CancellationToken ct) =>
        provider.ReadAsync(operation, request, GoogleCalendarJson.Default.EventReply, reply => reply.ToEvent(), ct);
}
