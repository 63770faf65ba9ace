using System.Net.Http.Json;
using System.Text.Json;
using HotDash.ControlPlane.Keys;
using HotDash.TestKit;

namespace HotDash.Api.Tests.Features.Calendar;

public sealed class CalendarSyncTests(PostgresFixture postgres, SharedApi shared) : ApiTest(postgres, shared), IClassFixture<SharedApi>
{
    private const string Sync = "/api/calendar/sync";

    private static readonly string KeyFile = ServiceAccount.Write(Path.Combine(AppContext.BaseDirectory, "calendar-key.json"));

    private static readonly (string, string)[] Live =
        [("CALENDAR_SYNC_ENABLED", "true"), ("GOOGLE_CALENDAR_ID", "shop@group.calendar.example"), ("GOOGLE_APPLICATION_CREDENTIALS", KeyFile)];

    [Fact]
    public async Task A_plan_that_is_accepted_is_stored_with_a_job_for_each_event()
    {
        var api = await StartAsync(Live);

        var reply = await api.PostAsync(Sync, Plan(Entry("teaser"), Entry("launch")));

        Assert.Equal((202, "winter", $"{Sync}/winter"), (reply.Status, reply.Text("planId"), reply.Message.Headers.Location?.ToString()));
        Assert.Equal((2, 2), (await CountAsync("calendar_events"), await CountAsync("jobs where kind = 'calendar.sync-event'")));
        var plan = (await api.GetAsync($"{Sync}/winter")).Json.GetProperty("plan");
        Assert.Equal(("syncing", "google-calendar"), (plan.GetProperty("status").GetString(), plan.GetProperty("source").GetString()));
        Assert.Equal(["waiting", "waiting"], Statuses(plan));
    }

    [Fact]
    public async Task The_same_plan_again_queues_nothing_and_a_smaller_one_takes_events_out()
    {
        var api = await StartAsync(Live);
        await api.PostAsync(Sync, Plan(Entry("teaser"), Entry("launch")));

        await api.PostAsync(Sync, Plan(Entry("teaser"), Entry("launch")));
        var same = await CountAsync("jobs");
        await api.PostAsync(Sync, Plan(Entry("teaser")));

        Assert.Equal((2, 3), (same, await CountAsync("jobs")));
        Assert.Equal(["removing", "waiting"], Statuses((await api.GetAsync($"{Sync}/winter")).Json.GetProperty("plan")));
    }

    [Fact]
    public async Task A_plan_that_stands_in_the_calendar_can_be_taken_out_when_its_share_is_lowered()
    {
        var api = await StartAsync([.. Live.Skip(1)]);
        await api.PostAsync("/api/flags/calendar_sync/enable", new { percent = 100, reason = "all" });
        await api.PostAsync(Sync, Plan(Entry("teaser")));

        await api.Http.PutAsJsonAsync("/api/flags/calendar_sync/overrides/winter", new { on = false, reason = "not this one" }, Ct);
        var plan = (await api.GetAsync($"{Sync}/winter")).Json.GetProperty("plan");
        var unsynced = await api.Http.DeleteAsync(new Uri($"{Sync}/winter", UriKind.Relative), Ct);

        Assert.Equal(("google-calendar", 202), (plan.GetProperty("source").GetString(), (int)unsynced.StatusCode));
        Assert.Equal(2, await CountAsync("jobs where kind = 'calendar.sync-event'"));
    }

    [Fact]
    public async Task While_the_flag_is_off_a_plan_is_mock_and_done_at_once()
    {
        var api = await StartAsync();

        await api.PostAsync(Sync, Plan(Entry("teaser")));
        var plan = (await api.GetAsync($"{Sync}/winter")).Json.GetProperty("plan");
        var unsynced = await api.Http.DeleteAsync(new Uri($"{Sync}/winter", UriKind.Relative), Ct);

        Assert.Equal(("synced", "mock"), (plan.GetProperty("status").GetString(), plan.GetProperty("source").GetString()));
        Assert.StartsWith("mock-", plan.GetProperty("entries")[0].GetProperty("eventId").GetString(), StringComparison.Ordinal);
        Assert.Equal(202, (int)unsynced.StatusCode);
        Assert.Equal("unsynced", (await api.GetAsync($"{Sync}/winter")).Json.GetProperty("plan").GetProperty("status").GetString());
        Assert.Equal(0, await CountAsync("jobs"));
    }

    [Fact]
    public async Task Without_credentials_nothing_is_accepted_and_the_variables_are_named()
    {
        var api = await StartAsync(("CALENDAR_SYNC_ENABLED", "true"));

        var reply = await api.PostAsync(Sync, Plan(Entry("teaser")));

        Assert.Equal((503, "credentials_missing"), (reply.Status, reply.Code));
        Assert.Contains("GOOGLE_CALENDAR_ID and GOOGLE_APPLICATION_CREDENTIALS", reply.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync("calendar_events"));
    }

    [Theory]
    [InlineData("""{"planId":"a/b"}""", "planId", "must be 1 to 100 letters, digits, '.', '_' and '-', the first a letter or digit.")]
    [InlineData("""{"title":" "}""", "title", "is required and must not be blank.")]
    [InlineData("""{"entries":[]}""", "entries", "must be 1 to 100; DELETE takes a plan out.")]
    [InlineData("""{"entries":[null]}""", "entries[0]", "must not be null.")]
    [InlineData("""{"reminders":[40321]}""", "reminders", "must be 0 to 40320 minutes (four weeks).")]
    [InlineData("""{"reminders":[1,1]}""", "reminders", "must name each time once.")]
    [InlineData("""{"reminders":[1,2,3,4,5,6]}""", "reminders", "must be at most 5.")]
    [InlineData("""{"entries":[{"id":"a","kind":"party","title":"A","start":"2026-12-01"}]}""", "entries[0].kind", "must be one of launch, campaign, post, email, restock, review, task.")]
    [InlineData("""{"entries":[{"id":"a","kind":"post","title":"A"}]}""", "entries[0].start", "must be a day, such as 2026-12-24, or a time with its zone, such as 2026-12-24T18:00:00+01:00, of the years 2000 to 2199.")]
    [InlineData("""{"entries":[{"id":"a","kind":"post","title":"A","start":"9999-12-31"}]}""", "entries[0].start", "must be a day, such as 2026-12-24, or a time with its zone, such as 2026-12-24T18:00:00+01:00, of the years 2000 to 2199.")]
    [InlineData("""{"entries":[{"id":"a","kind":"post","title":"A","start":"2026-12-02","end":"2026-12-01"}]}""", "entries[0].end", "must be a day if start is one and a time if start is one, and not before it.")]
    [InlineData("""{"entries":[{"id":"a","kind":"post","title":"A","start":"2026-12-01","end":"2026-12-02T10:00:00Z"}]}""", "entries[0].end", "must be a day if start is one and a time if start is one, and not before it.")]
    [InlineData("""{"entries":[{"id":"a","kind":"post","title":"A","start":"2026-12-01T10:00:00Z","end":"2026-12-01T11:00:00+01:00"}]}""", "entries[0].end", "must be a day if start is one and a time if start is one, and not before it.")]
    [InlineData("""{"entries":[{"id":"a","kind":"post","title":"A","start":"2026-12-01","items":["x",""]}]}""", "entries[0].items[1]", "is required and must not be blank.")]
    [InlineData("""{"entries":[{"id":"a","kind":"post","title":"A","start":"2026-12-01"},{"id":"a","kind":"post","title":"B","start":"2026-12-01"}]}""", "entries", "must have an id of its own each.")]
    public async Task What_is_wrong_with_a_plan_is_named(string change, string field, string what)
    {
        var api = await SharedAsync();
        var plan = JsonSerializer.SerializeToNode(Plan(Entry("teaser")))!.AsObject();
        foreach (var (name, value) in System.Text.Json.Nodes.JsonNode.Parse(change)!.AsObject())
            plan[name] = value?.DeepClone();

        var reply = await api.PostAsync(Sync, plan);

        Assert.Equal((400, "invalid_request"), (reply.Status, reply.Code));
        Assert.Equal(what, reply.Error(field));
        Assert.Equal(0, await CountAsync("calendar_events"));
    }

    [Fact]
    public async Task A_plan_that_was_never_posted_is_not_found()
    {
        var api = await StartAsync(Live);

        var shown = await api.GetAsync($"{Sync}/none");
        var odd = await api.GetAsync($"{Sync}/%20x");
        var unsynced = await api.Http.DeleteAsync(new Uri($"{Sync}/none", UriKind.Relative), Ct);

        Assert.Equal((404, 404, 404), (shown.Status, odd.Status, (int)unsynced.StatusCode));
    }

    [Fact]
    public async Task Reading_needs_one_scope_and_writing_another()
    {
        var api = await StartAsync();

        await api.UseKeyAsync(ApiKeyScopes.Read);
        var posted = await api.PostAsync(Sync, Plan(Entry("teaser")));
        var deleted = await api.Http.DeleteAsync(new Uri($"{Sync}/winter", UriKind.Relative), Ct);
        var shown = await api.GetAsync($"{Sync}/winter");

        Assert.Equal((403, 403, 404), (posted.Status, (int)deleted.StatusCode, shown.Status));
    }

    private static object Plan(params object[] entries) => new { planId = "winter", title = "Winter", reminders = new[] { 30 }, entries };

    private static object Entry(string id) => new { id, kind = "launch", title = id, start = "2026-12-01T09:00:00+01:00", items = new[] { "Photos" } };

    private static IEnumerable<string?> Statuses(JsonElement plan) => plan.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("status").GetString());
}
