using System.Net;
using System.Text.Json.Nodes;

using HotDash.Integrations.GoogleCalendar;
using HotDash.TestKit;

namespace HotDash.Integrations.Tests.GoogleCalendar;

public sealed class GoogleCalendarClientTests
{
    private const string Events = "/base/calendar/v3/calendars/shop%40group.calendar.example/events";

    private static readonly EventDraft Draft = GoogleCalendarContractTests.Draft;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_goes_out_with_its_own_id_color_reminders_and_mark()
    {
        var google = new StubProvider().Replies(HttpStatusCode.OK, Reply());
        await using var wired = new Wired(google);

        var inserted = await wired.Get<GoogleCalendarClient>().InsertAsync("hd0123", Draft, Cancellation);

        var request = Assert.Single(google.Requests);
        Assert.Equal(("POST", $"{Events}?sendUpdates=none"), (request.Method, request.Address.PathAndQuery));
        Assert.Equal(
            $$$$"""
            {"id":"hd0123","status":"confirmed","summary":"Winter mugs","description":"Winter\n\u2022 Photos","start":{"dateTime":"2026-12-01T08:00:00+00:00"},"end":{"dateTime":"2026-12-01T09:00:00+00:00"},"colorId":"11","reminders":{"useDefault":false,"overrides":[{"method":"popup","minutes":30},{"method":"popup","minutes":1440}]},"extendedProperties":{"private":{"hotdash":"{{{{Draft.Fields.Fingerprint()}}}}"}}}
            """.Trim(), request.Body);
        Assert.Equal(("\"7\"", true, "https://calendar.example/e"), (inserted.ETag, inserted.IsAsWritten, inserted.Link));
    }

    [Fact]
    public async Task A_patch_is_about_the_version_that_was_read_and_clears_the_other_kind_of_time()
    {
        var google = new StubProvider().Replies(HttpStatusCode.OK, Reply()).Replies(HttpStatusCode.OK, Reply());
        await using var wired = new Wired(google);
        var days = Draft with { Fields = Draft.Fields with { Start = EventTime.Of(new DateOnly(2026, 12, 1)), End = EventTime.Of(new DateOnly(2026, 12, 3)) } };

        await wired.Get<GoogleCalendarClient>().PatchAsync(There("\"6\""), days, Cancellation);
        await wired.Get<GoogleCalendarClient>().PatchAsync(There(null), Draft, Cancellation);

        Assert.Equal(("PATCH", $"{Events}/hd0123?sendUpdates=none"), (google.Requests[0].Method, google.Requests[0].Address.PathAndQuery));
        Assert.Equal(["\"6\"", null], google.Requests.Select(request => request.Headers.GetValueOrDefault("If-Match")));
        Assert.True(JsonNode.DeepEquals(new JsonObject { ["date"] = "2026-12-01", ["dateTime"] = null }, JsonNode.Parse(google.Requests[0].Body)!["start"]));
        Assert.True(JsonNode.DeepEquals(new JsonObject { ["date"] = null, ["dateTime"] = "2026-12-01T09:00:00+00:00" }, JsonNode.Parse(google.Requests[1].Body)!["end"]));
    }

    [Fact]
    public async Task Deleting_answers_nothing_and_what_is_gone_already_is_not_found()
    {
        var google = new StubProvider().Replies(HttpStatusCode.NoContent).Replies(HttpStatusCode.Gone, """{"error":{"code":410,"errors":[{"reason":"deleted"}]}}""");
        await using var wired = new Wired(google);

        await wired.Get<GoogleCalendarClient>().DeleteAsync("hd0123", Cancellation);
        var again = await Assert.ThrowsAsync<IntegrationException>(() => wired.Get<GoogleCalendarClient>().DeleteAsync("hd0123", Cancellation));

        Assert.Equal((IntegrationCodes.NotFound, false), (again.Code, again.OutcomeUnknown));
        Assert.All(google.Requests, request => Assert.Equal(("DELETE", $"{Events}/hd0123?sendUpdates=none"), (request.Method, request.Address.PathAndQuery)));
    }

    [Theory]
    [InlineData(HttpStatusCode.Conflict, """{"error":{"code":409,"errors":[{"domain":"global","reason":"duplicate"}]}}""", IntegrationCodes.Conflict)]
    [InlineData(HttpStatusCode.PreconditionFailed, """{"error":{"code":412,"errors":[{"domain":"global","reason":"conditionNotMet"}]}}""", IntegrationCodes.Conflict)]
    [InlineData(HttpStatusCode.Forbidden, """{"error":{"code":403,"errors":[{"domain":"usageLimits","reason":"quotaExceeded"}]}}""", IntegrationCodes.RateLimited)]
    [InlineData(HttpStatusCode.TooManyRequests, """{"error":{"code":429,"errors":[{"domain":"usageLimits","reason":"rateLimitExceeded"}]}}""", IntegrationCodes.RateLimited)]
    [InlineData(HttpStatusCode.Forbidden, """{"error":{"code":403,"errors":[{"domain":"calendar","reason":"requiredAccessLevel"}]}}""", IntegrationCodes.Unauthorized)]
    [InlineData(HttpStatusCode.BadRequest, """{"error":{"code":400,"errors":[{"domain":"global","reason":"timeRangeEmpty"}]}}""", IntegrationCodes.Rejected)]
    public async Task A_refusal_is_read_by_its_reason(HttpStatusCode status, string body, string code)
    {
        await using var wired = new Wired(new StubProvider().Replies(status, body));

        var failure = await Assert.ThrowsAnyAsync<IntegrationException>(() => wired.Get<GoogleCalendarClient>().InsertAsync("hd0123", Draft, Cancellation));

        Assert.Equal((code, false), (failure.Code, failure.OutcomeUnknown));
    }

    [Fact]
    public async Task An_event_that_never_was_is_null_only_if_the_calendar_is_there()
    {
        const string notFound = """{"error":{"code":404,"errors":[{"domain":"global","reason":"notFound"}]}}""";
        var google = new StubProvider().Replies(HttpStatusCode.NotFound, notFound).Replies(HttpStatusCode.OK, """{"items":[]}""")
            .Replies(HttpStatusCode.NotFound, notFound).Replies(HttpStatusCode.NotFound, notFound);
        await using var wired = new Wired(google);

        var none = await wired.Get<GoogleCalendarClient>().FindAsync("hd0123", Cancellation);
        var noCalendar = await Assert.ThrowsAsync<IntegrationException>(() => wired.Get<GoogleCalendarClient>().FindAsync("hd0123", Cancellation));

        Assert.Null(none);
        Assert.Equal(IntegrationCodes.NotFound, noCalendar.Code);
    }

    [Fact]
    public async Task Changes_come_from_all_pages_without_what_is_none_of_ours()
    {
        var google = new StubProvider()
            .Replies(HttpStatusCode.OK, $$"""{"items":[{{Reply()}},{"id":"theirs","etag":"\"1\"","status":"confirmed"}],"nextPageToken":"p 2"}""")
            .Replies(HttpStatusCode.OK, """{"items":[{"id":"hd0456","status":"cancelled"}],"nextSyncToken":"s1"}""");
        await using var wired = new Wired(google);

        var changes = await wired.Get<GoogleCalendarClient>().ListChangesAsync("s0", Cancellation);

        Assert.Equal([("hd0123", false), ("hd0456", true)], changes.Events.Select(found => (found.Id, found.IsDeleted)));
        Assert.Equal("s1", changes.SyncToken);
        Assert.All(google.Requests, request => Assert.Contains("showDeleted=true", request.Address.Query, StringComparison.Ordinal));
        Assert.Equal(["&syncToken=s0", "&syncToken=s0&pageToken=p%202"], google.Requests.Select(request => request.Address.Query[request.Address.Query.IndexOf("&syncToken", StringComparison.Ordinal)..]));
    }

    [Fact]
    public async Task A_sync_token_that_has_expired_starts_from_the_beginning()
    {
        var google = new StubProvider().Replies(HttpStatusCode.Gone, """{"error":{"code":410,"errors":[{"reason":"fullSyncRequired"}]}}""")
            .Replies(HttpStatusCode.OK, """{"nextSyncToken":"s1"}""");
        await using var wired = new Wired(google);

        var changes = await wired.Get<GoogleCalendarClient>().ListChangesAsync("s0", Cancellation);

        Assert.Equal(("s1", 0), (changes.SyncToken, changes.Events.Count));
        Assert.DoesNotContain("syncToken=", google.Requests[1].Address.Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plan", "item")]
    [InlineData("a plan with spaces, ümlauts and !", "*")]
    public void Ids_are_base32hex_and_the_same_each_time(string plan, string item)
    {
        var id = EventId.Of(plan, item);

        Assert.Matches("^[0-9a-v]{5,1024}$", id);
        Assert.Equal(id, EventId.Of(plan, item));
        Assert.NotEqual(id, EventId.Of(plan + item[..1], item[1..]));
    }

    [Fact]
    public void What_a_calendar_changes_by_itself_is_no_difference()
    {
        var there = Draft.Fields with
        {
            Title = "Winter mugs ",
            Description = "Winter\r\n• Photos\n",
            Start = EventTime.Of(new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.FromHours(1))),
        };

        Assert.Empty(Draft.Fields.Differences(there));
        Assert.Equal(Draft.Fields.Fingerprint(), there.Fingerprint());
        Assert.Equal(["title", "end", "color"], Draft.Fields.Differences(there with { Title = "Mugs", End = null, Color = null }));
    }

    [Theory]
    [InlineData("primary", "not 'primary'")]
    [InlineData("shop calendar", "printable ASCII without spaces")]
    public async Task A_calendar_that_cannot_be_the_one_stops_the_start(string id, string rule)
    {
        await using var wired = new Wired(new StubProvider(), settings: ("GOOGLE_CALENDAR_ID", id));

        var refusal = await Assert.ThrowsAnyAsync<Microsoft.Extensions.Options.OptionsValidationException>(wired.StartAsync);

        Assert.Contains(rule, refusal.Message, StringComparison.Ordinal);
    }

    private static CalendarEvent There(string? etag) => new("hd0123", etag, IsDeleted: false, null, null, Draft.Fields, null);

    /// <summary>As Google answers: in the calendar's zone, with much that we do not read.</summary>
    private static string Reply() =>
        $$$$"""
        {"kind":"calendar#event","etag":"\"7\"","id":"hd0123","status":"confirmed","htmlLink":"https://calendar.example/e","created":"2026-11-01T08:00:00.000Z","updated":"2026-11-01T08:00:00.123Z",
         "summary":"Winter mugs","description":"Winter\n• Photos","colorId":"11","creator":{"email":"a@b.example"},"start":{"dateTime":"2026-12-01T09:00:00+01:00","timeZone":"Europe/Berlin"},
         "end":{"dateTime":"2026-12-01T10:00:00+01:00","timeZone":"Europe/Berlin"},"iCalUID":"hd0123@google.com","reminders":{"useDefault":false},
         "extendedProperties":{"private":{"hotdash":"{{{{Draft.Fields.Fingerprint()}}}}"}}}
        """;
}
