using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace HotDash.Pollers.Tests.Jobs.Calendar;

/// <summary>What happens to one call on its way.</summary>
internal enum Fate { Delivered, AnswerLost, Dropped, Limited, Unavailable, Rejected, Refused }

/// <summary>A Google calendar in memory, which can lose anything on the way. What is in it besides our events is there from the start.</summary>
internal sealed class FakeCalendar(Func<DateTimeOffset> now) : HttpMessageHandler
{
    private int _version;

    /// <summary>Chooses the fate of a call, and may do something first.</summary>
    public Func<HttpRequestMessage, Task<Fate>> OnCall { get; set; } = _ => Task.FromResult(Fate.Delivered);

    /// <summary>Does something after a call had its effect, and before its answer arrives.</summary>
    public Func<HttpRequestMessage, Task> OnEffect { get; set; } = _ => Task.CompletedTask;

    public Dictionary<string, JsonObject> Events { get; } = new(StringComparer.Ordinal) { ["theirs"] = new() { ["id"] = "theirs", ["etag"] = "\"0\"", ["status"] = "confirmed" } };

    /// <summary>Methods and paths, in order.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Tokens that were given out before are refused.</summary>
    public int OldestToken { get; set; }

    public IEnumerable<JsonObject> Shown => Events.Values.Where(found => Text(found, "status") is not "cancelled" && Text(found, "id") is not "theirs");

    public static string? Text(JsonObject found, string name) => found[name]?.GetValue<string>();

    /// <summary>Somebody changes an event by hand.</summary>
    public void Change(string id, string name, JsonNode value) => Write(id, new() { [name] = value });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri!.AbsolutePath.EndsWith("/token", StringComparison.Ordinal))
            return Json(HttpStatusCode.OK, new() { ["access_token"] = "token", ["expires_in"] = 3599 });

        Calls.Add($"{request.Method} {request.RequestUri.Segments[^1]}");
        var body = request.Content is null ? null : JsonNode.Parse(await request.Content.ReadAsStringAsync(CancellationToken.None))!.AsObject();

        return await OnCall(request) switch
        {
            Fate.Delivered => await DeliverAsync(request, body),
            Fate.AnswerLost => Lose(request, body),
            Fate.Dropped => throw new HttpRequestException(HttpRequestError.ResponseEnded),
            Fate.Limited => new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Headers = { RetryAfter = new(TimeSpan.FromSeconds(7)) } },
            Fate.Unavailable => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable),
            Fate.Refused => new HttpResponseMessage(HttpStatusCode.Unauthorized),
            _ => new HttpResponseMessage(HttpStatusCode.BadRequest),
        };
    }

    private async Task<HttpResponseMessage> DeliverAsync(HttpRequestMessage request, JsonObject? body)
    {
        var answer = Answer(request, body);
        await OnEffect(request);
        return answer;
    }

    private HttpResponseMessage Lose(HttpRequestMessage request, JsonObject? body)
    {
        Answer(request, body);
        throw new HttpRequestException(HttpRequestError.ResponseEnded);
    }

    private HttpResponseMessage Answer(HttpRequestMessage request, JsonObject? body)
    {
        var id = request.RequestUri!.Segments[^1];
        var found = Events.GetValueOrDefault(id);

        return (request.Method.Method, found) switch
        {
            ("GET", _) when id == "events" => List(request.RequestUri.Query),
            ("POST", _) => Events.ContainsKey(Text(body!, "id")!) ? Json(HttpStatusCode.Conflict) : Json(HttpStatusCode.OK, Write(Text(body!, "id")!, body!)),
            (_, null) => Json(HttpStatusCode.NotFound),
            ("GET", _) => Json(HttpStatusCode.OK, found),
            ("PATCH", _) when request.Headers.IfMatch.FirstOrDefault()?.Tag is { } tag && tag != Text(found, "etag") => Json(HttpStatusCode.PreconditionFailed),
            ("PATCH", _) => Json(HttpStatusCode.OK, Write(id, body!)),
            ("DELETE", _) when Text(found, "status") is "cancelled" => Json(HttpStatusCode.Gone),
            _ => Json(HttpStatusCode.NoContent, Write(id, new() { ["status"] = "cancelled" })),
        };
    }

    private HttpResponseMessage List(string query)
    {
        var since = query.Split("syncToken=") is [_, var token] ? int.Parse(token, CultureInfo.InvariantCulture) : -1;
        if (since >= 0 && since < OldestToken)
            return Json(HttpStatusCode.Gone);

        // Of a deleted event nothing but the id is sure to be told.
        var items = Events.Values.Where(found => Version(found) > since)
            .Select(found => Text(found, "status") is "cancelled" ? new JsonObject { ["id"] = Text(found, "id"), ["status"] = "cancelled" } : found.DeepClone());
        return Json(HttpStatusCode.OK, new() { ["items"] = new JsonArray([.. items]), ["nextSyncToken"] = $"{_version}" });
    }

    private JsonObject Write(string id, JsonObject change)
    {
        var written = Events.GetValueOrDefault(id) ?? [];
        foreach (var (name, value) in change)
            written[name] = value?.DeepClone();

        written["etag"] = $"\"{++_version}\"";
        written["updated"] = now().ToString("O", CultureInfo.InvariantCulture);
        return Events[id] = written;
    }

    private static int Version(JsonObject found) => int.Parse(Text(found, "etag")!.Trim('"'), CultureInfo.InvariantCulture);

    private static HttpResponseMessage Json(HttpStatusCode status, JsonObject? body = null) =>
        new(status) { Content = new StringContent((body ?? []).ToJsonString(), Encoding.UTF8, "application/json") };
}
