using System.Text;

using HotDash.Integrations;
using HotDash.Integrations.GoogleCalendar;
using HotDash.TestKit;
using HotDash.TestKit.Contracts;

using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Sandbox.Tests.GoogleCalendar;

/// <summary>HotDash's own client against the sandbox's calendar, and every exchange against Google's description.</summary>
public sealed class GoogleCalendarTests : IDisposable
{
    private const string Id = "hd0123456789";

    private static readonly EventDraft Draft = new(
        new("Winter mugs", "Winter\n• Photos", EventTime.Of(new DateTimeOffset(2026, 12, 1, 8, 0, 0, TimeSpan.Zero)), EventTime.Of(new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.Zero)), EventColor.Tomato),
        [30]);

    private static readonly EventDraft Days = Draft with { Fields = Draft.Fields with { Start = EventTime.Of(new DateOnly(2026, 12, 1)), End = EventTime.Of(new DateOnly(2026, 12, 3)) } };

    private readonly TestFolder _folder = TestFolder.Create();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_event_is_made_found_changed_and_deleted_as_Google_describes_it()
    {
        var description = OfficialContracts.Find("google-calendar/calendar-v3.openapi3.json");
        Assert.SkipWhen(description is null, OfficialContracts.Absent);
        await using var sandbox = await StartAsync();
        using var google = new ContractHandler(OpenApiContract.Load(description).RefuseUnknown(), "/google-calendar/calendar/v3", new SocketsHttpHandler());
        var calendar = Calendar(sandbox, google);

        var inserted = await calendar.InsertAsync(Id, Draft, Cancellation);
        var patched = await calendar.PatchAsync(inserted, Days, Cancellation);
        var changes = await calendar.ListChangesAsync(null, Cancellation);
        var found = await calendar.FindAsync(Id, Cancellation);
        await calendar.ProbeAsync(Cancellation);
        await calendar.DeleteAsync(Id, Cancellation);

        Assert.Equal((Draft.Fields, true), (inserted.Fields, inserted.IsAsWritten));
        Assert.Equal((Days.Fields, true), (patched.Fields, patched.IsAsWritten));
        Assert.Equal(patched, found);
        Assert.Equal(patched, Assert.Single(changes.Events));
        Assert.Equal(["event.inserted", "event.patched", "event.deleted"], (await sandbox.LedgerAsync("google-calendar")).Select(effect => effect["operation"]!.GetValue<string>()));
        Assert.Empty(await sandbox.ViolationsAsync());

        // Google's description has one reply for whatever succeeds, and does not say that a patch takes away what is null.
        Assert.Equal(6, google.Exchanges);
        Assert.DoesNotContain(google.Problems, problem => !problem.EndsWith("→ 204: no such reply", StringComparison.Ordinal)
            && !(problem.StartsWith("PATCH", StringComparison.Ordinal) && problem.EndsWith(": null", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_id_stays_taken_when_its_event_is_deleted_and_a_patch_brings_the_event_back()
    {
        await using var sandbox = await StartAsync();
        var calendar = Calendar(sandbox);
        await calendar.InsertAsync(Id, Draft, Cancellation);

        var twice = await FailureAsync(calendar.InsertAsync(Id, Draft, Cancellation));
        await calendar.DeleteAsync(Id, Cancellation);
        var again = await FailureAsync(calendar.DeleteAsync(Id, Cancellation));
        var taken = await FailureAsync(calendar.InsertAsync(Id, Draft, Cancellation));
        var deleted = await calendar.FindAsync(Id, Cancellation);
        var back = await calendar.PatchAsync(deleted!, Draft, Cancellation);

        Assert.Equal([IntegrationCodes.Conflict, IntegrationCodes.NotFound, IntegrationCodes.Conflict], new[] { twice, again, taken }.Select(failure => failure.Code));
        Assert.Equal((true, false), (deleted!.IsDeleted, back.IsDeleted));
        Assert.Equal([409, 410, 409], (await sandbox.ViolationsAsync()).Select(violation => violation["status"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_patch_of_a_version_that_is_not_the_newest_changes_nothing()
    {
        await using var sandbox = await StartAsync();
        var calendar = Calendar(sandbox);
        var first = await calendar.InsertAsync(Id, Draft, Cancellation);
        await calendar.PatchAsync(first, Days, Cancellation);

        var late = await FailureAsync(calendar.PatchAsync(first, Draft, Cancellation));

        Assert.Equal(IntegrationCodes.Conflict, late.Code);
        Assert.Equal(Days.Fields, (await calendar.FindAsync(Id, Cancellation))!.Fields);
    }

    [Fact]
    public async Task Changes_come_once_and_all_of_them_when_the_token_has_expired()
    {
        await using var sandbox = await StartAsync();
        var calendar = Calendar(sandbox);
        for (var number = 0; number < 250; number++) // several pages
            await calendar.InsertAsync($"{Id}{number}", Draft, Cancellation);

        var all = await calendar.ListChangesAsync(null, Cancellation);
        await calendar.DeleteAsync($"{Id}7", Cancellation);
        var since = await calendar.ListChangesAsync(all.SyncToken, Cancellation);
        var none = await calendar.ListChangesAsync(since.SyncToken, Cancellation);
        await sandbox.SettingsAsync(new Dictionary<string, object>(StringComparer.Ordinal) { ["google-calendar"] = new { forgetSyncTokens = true } });
        var afresh = await calendar.ListChangesAsync(since.SyncToken, Cancellation);

        Assert.Equal((250, 0, 250), (all.Events.Count, none.Events.Count, afresh.Events.Count));
        Assert.Equal(($"{Id}7", true), (Assert.Single(since.Events).Id, since.Events[0].IsDeleted));
        Assert.Equal(410, Assert.Single(await sandbox.ViolationsAsync())["status"]!.GetValue<int>());
    }

    [Theory]
    [InlineData(403)]
    [InlineData(429)]
    public async Task It_throttles_in_both_of_Googles_ways(int status)
    {
        await using var sandbox = await StartAsync(("Integrations:Limits:google-calendar", "1/1m"));
        await sandbox.SettingsAsync(new Dictionary<string, object>(StringComparer.Ordinal) { ["google-calendar"] = new { throttleStatus = status } });
        var calendar = Calendar(sandbox);
        await calendar.ProbeAsync(Cancellation);

        await Assert.ThrowsAsync<RateLimitException>(() => calendar.ProbeAsync(Cancellation));

        Assert.Equal(status, Assert.Single(await sandbox.ViolationsAsync())["status"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_calendar_that_is_not_shared_and_a_token_for_something_else_are_refused()
    {
        await using var sandbox = await StartAsync();
        var other = sandbox.Clients(settings: ("GOOGLE_CALENDAR_ID", "other@group.calendar.example")).GetRequiredService<GoogleCalendarClient>();

        var missing = await FailureAsync(other.FindAsync(Id, Cancellation));
        var strange = await sandbox.Http.GetAsync("/google-calendar/calendar/v3/calendars/shop@group.calendar.example/events", Cancellation);

        Assert.Equal((IntegrationCodes.NotFound, 401), (missing.Code, (int)strange.StatusCode));
    }

    [Theory]
    [InlineData("""{"id":"UPPER"}""", "invalid")]
    [InlineData("""{"id":"abc"}""", "invalid")]
    [InlineData("""{"start":null}""", "required")]
    [InlineData("""{"end":{"date":"2026-12-01"}}""", "timeRangeEmpty")]
    [InlineData("""{"end":{"dateTime":"2026-12-02T08:00:00Z"}}""", "invalid")]
    [InlineData("""{"colorId":"12"}""", "invalid")]
    [InlineData("""{"reminders":{"useDefault":false,"overrides":[{"method":"popup","minutes":99999}]}}""", "invalid")]
    [InlineData("""{"party":true}""", "parseError")]
    [InlineData("[", "parseError")]
    public async Task What_Google_would_refuse_is_refused(string change, string reason)
    {
        await using var sandbox = await StartAsync();
        var body = change is "[" ? change : Merge("""{"start":{"date":"2026-12-01"},"end":{"date":"2026-12-02"}}""", change);
        using var wire = new OtherBody(body);
        var calendar = Calendar(sandbox, wire);

        var failure = await Assert.ThrowsAsync<IntegrationException>(() => calendar.InsertAsync(Id, Draft, Cancellation));

        Assert.Equal((IntegrationCodes.Rejected, reason), (failure.Code, wire.Reason));
    }

    private static string Merge(string known, string change)
    {
        var merged = System.Text.Json.Nodes.JsonNode.Parse(known)!.AsObject();
        foreach (var (name, value) in System.Text.Json.Nodes.JsonNode.Parse(change)!.AsObject())
            merged[name] = value?.DeepClone();

        return merged.ToJsonString();
    }

    private static async Task<IntegrationException> FailureAsync(Task call) => await Assert.ThrowsAnyAsync<IntegrationException>(() => call);

    private Task<SandboxUnderTest> StartAsync(params (string Name, string? Value)[] settings) =>
        SandboxUnderTest.WithKeyAsync(_folder["key.json"], settings);

    private static GoogleCalendarClient Calendar(SandboxUnderTest sandbox, HttpMessageHandler? wire = null) =>
        sandbox.Clients(wires: wire is null ? [] : [("google-calendar", wire)]).GetRequiredService<GoogleCalendarClient>();

    /// <summary>Sends another body than the client wants to, and keeps why it was refused.</summary>
    private sealed class OtherBody(string body) : DelegatingHandler(new SocketsHttpHandler())
    {
        public string? Reason { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            var reply = await base.SendAsync(request, cancellationToken);
            await reply.Content.LoadIntoBufferAsync(cancellationToken);
            Reason = (await reply.JsonAsync()).Text("error", "errors", 0, "reason");
            return reply;
        }
    }
}
