using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HotDash.Sandbox.GoogleCalendar;

/// <summary>The methods of <c>events</c> that HotDash uses.</summary>
internal static class EventEndpoints
{
    private const int MostPerPage = 2500;

    public static void MapEvents(this RouteGroupBuilder api, CalendarStore store)
    {
        api.MapGet("", (HttpContext context) => List(context, store));
        api.MapPost("", (Delegate)((HttpContext context) => InsertAsync(context, store))); // as a RequestDelegate, its answer would be dropped
        api.MapGet("/{id}", (string id, HttpContext context) => store.Find(id) is { } found ? Results.Json(found.ToJson()) : CalendarReply.NotFound(context));
        api.MapPatch("/{id}", (string id, HttpContext context) => PatchAsync(id, context, store));
        api.MapDelete("/{id}", (string id, HttpContext context) => Delete(id, context, store));
    }

    private static async Task<IResult> InsertAsync(HttpContext context, CalendarStore store)
    {
        if (await ReadAsync(context.Request) is not { } body)
            return CalendarReply.Refuse(context, 400, "parseError", "Parse Error");
        if (EventRules.Patch([], body) is var wanted && EventRules.Refuse(wanted) is var (reason, message))
            return CalendarReply.Refuse(context, 400, reason, message);

        var id = wanted["id"]?.GetValue<string>() ?? $"s{Guid.NewGuid():n}";
        if (!EventRules.IsId(id))
            return CalendarReply.Refuse(context, 400, "invalid", "Invalid resource id value.");

        wanted.Remove("id");
        wanted["status"] ??= "confirmed";
        return store.Insert(id, wanted, context.Request.Headers.TraceParent) is { } inserted
            ? Results.Json(inserted.ToJson())
            : CalendarReply.Refuse(context, 409, "duplicate", "The requested identifier already exists.");
    }

    private static async Task<IResult> PatchAsync(string id, HttpContext context, CalendarStore store)
    {
        if (await ReadAsync(context.Request) is not { } patch)
            return CalendarReply.Refuse(context, 400, "parseError", "Parse Error");

        IResult? refusal = null;
        var patched = store.Change("event.patched", id, found =>
        {
            var body = EventRules.Patch(found.Body, patch);
            refusal = !Matches(context, found) ? CalendarReply.Changed(context)
                : EventRules.Refuse(body) is var (reason, message) ? CalendarReply.Refuse(context, 400, reason, message)
                : null;
            return refusal is null ? body : null;
        }, context.Request.Headers.TraceParent);

        return refusal ?? (patched is null ? CalendarReply.NotFound(context) : Results.Json(patched.ToJson()));
    }

    private static IResult Delete(string id, HttpContext context, CalendarStore store)
    {
        IResult? refusal = null;
        var deleted = store.Change("event.deleted", id, found =>
        {
            refusal = found.IsDeleted ? CalendarReply.Refuse(context, 410, "deleted", "Resource has been deleted")
                : !Matches(context, found) ? CalendarReply.Changed(context)
                : null;
            return refusal is null ? EventRules.Patch(found.Body, new() { ["status"] = "cancelled" }) : null;
        }, context.Request.Headers.TraceParent);

        return refusal ?? (deleted is null ? CalendarReply.NotFound(context) : Results.NoContent());
    }

    /// <summary>Tokens say up to which change of the calendar a list went, and how far into it a page.</summary>
    private static IResult List(HttpContext context, CalendarStore store)
    {
        var query = context.Request.Query;
        var since = Number(query["syncToken"]);
        if (query.ContainsKey("syncToken") && (since is null || since < store.OldestToken))
            return CalendarReply.Refuse(context, 410, "fullSyncRequired", "Sync token is no longer valid, a full sync is required.", "calendar");

        var size = Math.Clamp((int?)Number(query["maxResults"]) ?? 250, 1, MostPerPage);
        var (changed, version) = store.ChangedAfter(Number(query["pageToken"]) ?? since ?? 0);
        var all = changed.Where(found => !found.IsDeleted || since is not null || query["showDeleted"] == "true").ToList();
        var page = all.Take(size).ToList();

        var reply = new JsonObject
        {
            ["kind"] = "calendar#events",
            ["etag"] = $"\"p{version.ToString(CultureInfo.InvariantCulture)}\"",
            ["summary"] = "Shop",
            ["timeZone"] = "Europe/Berlin",
            ["accessRole"] = "writer",
            ["items"] = new JsonArray([.. page.Select(found => found.ToJson())]),
        };
        if (page.Count < all.Count)
            reply["nextPageToken"] = page[^1].Version.ToString(CultureInfo.InvariantCulture);
        else
            reply["nextSyncToken"] = version.ToString(CultureInfo.InvariantCulture);

        return Results.Json(reply);
    }

    private static bool Matches(HttpContext context, StoredEvent found) =>
        context.Request.Headers.IfMatch is var wanted && (wanted.Count is 0 || wanted == found.ETag || wanted == "*");

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // Not bound to the request's cancellation: what has arrived is done, whether or not the caller still waits.
    private static async Task<JsonObject?> ReadAsync(HttpRequest request)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<JsonObject>(request.Body, cancellationToken: CancellationToken.None);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
