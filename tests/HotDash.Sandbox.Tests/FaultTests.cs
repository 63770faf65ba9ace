using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace HotDash.Sandbox.Tests;

public sealed class FaultTests(SharedSandbox shared) : IClassFixture<SharedSandbox>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_status_comes_with_its_body_and_headers_and_nothing_is_done()
    {
        var sandbox = await shared.FreshAsync();
        await sandbox.FaultAsync(new
        {
            provider = "supabase",
            kind = "status",
            status = 503,
            body = "{\"later\":true}",
            headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Retry-After"] = "7" },
        });

        var answer = await sandbox.Supabase.DeleteAsync("idea_pool?id=eq.idea-001", Cancellation);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "7"), (answer.StatusCode, answer.Headers.RetryAfter!.ToString()));
        Assert.Equal("""{"later":true}""", await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Empty(await sandbox.LedgerAsync("supabase"));
        Assert.Empty(await sandbox.ViolationsAsync());
    }

    [Theory]
    [InlineData("reset", false)]
    [InlineData("lost-answer", true)]
    public async Task A_cut_connection_has_its_effect_only_if_the_answer_is_what_was_lost(string kind, bool done)
    {
        var sandbox = await shared.FreshAsync();
        await sandbox.Supabase.GetAsync("experiments", Cancellation);
        await sandbox.FaultAsync(new { provider = "supabase", kind, count = 1 });

        await Assert.ThrowsAsync<HttpRequestException>(() => AddAsync(sandbox, "new"));

        Assert.Equal(done ? 1 : 0, (await sandbox.LedgerAsync("supabase")).Count);
    }

    [Fact]
    public async Task A_call_that_times_out_has_no_effect_and_its_caller_gives_up()
    {
        var sandbox = await shared.FreshAsync();
        await sandbox.FaultAsync(new { provider = "supabase", kind = "timeout" });
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        var call = sandbox.Supabase.DeleteAsync("idea_pool?id=eq.idea-001", patience.Token);
        while (!(await sandbox.Http.GetStringAsync("/_sandbox/faults", Cancellation)).Contains("\"hits\":1", StringComparison.Ordinal))
            Assert.False(call.IsCompleted);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Empty(await sandbox.LedgerAsync("supabase"));
    }

    [Fact]
    public async Task A_late_answer_comes_when_its_time_has_passed()
    {
        var sandbox = await shared.FreshAsync();
        await sandbox.FaultAsync(new { provider = "supabase", kind = "latency", delay = "3s", count = 1 });

        var call = AddAsync(sandbox, "new");
        await sandbox.Clock.WaitedForAsync(TimeSpan.FromSeconds(3), Cancellation);
        var before = (await sandbox.LedgerAsync("supabase")).Count;
        sandbox.Clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(HttpStatusCode.Created, (await call).StatusCode);
        Assert.Equal((0, 1), (before, (await sandbox.LedgerAsync("supabase")).Count));
    }

    [Fact]
    public async Task A_slow_body_stalls_in_its_middle()
    {
        var sandbox = await shared.FreshAsync();
        await sandbox.FaultAsync(new { provider = "supabase", kind = "slow-body", delay = "4s", count = 1 });

        var answer = await sandbox.Supabase.GetAsync("experiments", HttpCompletionOption.ResponseHeadersRead, Cancellation);
        await sandbox.Clock.WaitedForAsync(TimeSpan.FromSeconds(4), Cancellation);
        var body = answer.Content.ReadAsStringAsync(Cancellation);
        var stalled = !body.IsCompleted;
        sandbox.Clock.Advance(TimeSpan.FromSeconds(4));

        Assert.True(stalled);
        Assert.Equal(await sandbox.Supabase.GetStringAsync("experiments", Cancellation), await body);
    }

    [Theory]
    [InlineData("truncated-json", 1)]
    [InlineData("wrong-json", 1)]
    [InlineData("html", 0)]
    public async Task A_reply_can_be_anything_but_what_was_agreed(string kind, int effects)
    {
        var sandbox = await shared.FreshAsync();
        await sandbox.FaultAsync(new { provider = "supabase", kind, count = 1 });

        var answer = await AddAsync(sandbox, "new");

        var body = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal(effects, (await sandbox.LedgerAsync("supabase")).Count);
        Assert.True(kind is "wrong-json" ? body == """{"surprise":true}""" : Assert.ThrowsAny<JsonException>(() => JsonDocument.Parse(body)) is not null);
    }

    [Fact]
    public async Task A_fault_happens_to_the_calls_that_it_names_only()
    {
        var sandbox = await shared.FreshAsync();
        await sandbox.FaultAsync(new { provider = "supabase", kind = "status", status = 500, route = "/rest/v1/idea*", method = "GET" });

        var hit = await sandbox.Supabase.GetAsync("idea_pool", Cancellation);
        var otherRoute = await sandbox.Supabase.GetAsync("experiments", Cancellation);
        var otherMethod = await sandbox.Supabase.DeleteAsync("idea_pool?id=eq.none", Cancellation);
        var otherProvider = await sandbox.Publer.GetAsync("accounts", Cancellation);

        Assert.Equal([HttpStatusCode.InternalServerError, HttpStatusCode.OK, HttpStatusCode.NoContent, HttpStatusCode.OK],
            [hit.StatusCode, otherRoute.StatusCode, otherMethod.StatusCode, otherProvider.StatusCode]);
    }

    [Fact]
    public async Task A_fault_ends_after_its_count_its_time_or_its_removal()
    {
        var sandbox = await shared.FreshAsync();

        await sandbox.FaultAsync(new { provider = "*", kind = "status", status = 500, count = 2 });
        var counted = await StatusesAsync(sandbox, 3);
        await sandbox.FaultAsync(new { provider = "*", kind = "status", status = 500, forSeconds = 60 });
        var before = await StatusesAsync(sandbox, 1);
        sandbox.Clock.Advance(TimeSpan.FromSeconds(60));
        var after = await StatusesAsync(sandbox, 1);
        await sandbox.FaultAsync(new { provider = "*", kind = "status", status = 500 });
        var removed = await sandbox.Http.DeleteAsync("/_sandbox/faults/fault-3", Cancellation);
        var without = await StatusesAsync(sandbox, 1);

        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal([500, 500, 200], counted);
        Assert.Equal([500, 200, 200], [.. before, .. after, .. without]);
        Assert.Equal(HttpStatusCode.NotFound, (await sandbox.Http.DeleteAsync("/_sandbox/faults/fault-3", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task A_rate_is_kept_roughly_and_alike_in_every_run()
    {
        var one = await shared.FreshAsync();
        await using var two = await SandboxUnderTest.StartAsync();
        await one.FaultAsync(new { provider = "supabase", kind = "status", status = 500, rate = 0.3 });
        await two.FaultAsync(new { provider = "supabase", kind = "status", status = 500, rate = 0.3 });

        var statuses = await StatusesAsync(one, 100);

        Assert.Equal(statuses, await StatusesAsync(two, 100));
        Assert.InRange(statuses.Count(status => status is 500), 15, 45);
    }

    [Theory]
    [InlineData("""{"kind":"reset"}""", "provider")]
    [InlineData("""{"provider":"myspace","kind":"reset"}""", "provider")]
    [InlineData("""{"provider":"publer"}""", "kind")]
    [InlineData("""{"provider":"publer","kind":"explode"}""", "kind")]
    [InlineData("""{"provider":"publer","kind":2}""", "kind")]
    [InlineData("""{"provider":"publer","kind":"status"}""", "status")]
    [InlineData("""{"provider":"publer","kind":"status","status":99}""", "status")]
    [InlineData("""{"provider":"publer","kind":"latency"}""", "delay")]
    [InlineData("""{"provider":"publer","kind":"latency","delay":"soon"}""", "delay")]
    [InlineData("""{"provider":"publer","kind":"reset","rate":1.5}""", "rate")]
    [InlineData("""{"provider":"publer","kind":"reset","count":0}""", "count")]
    [InlineData("""{"provider":"publer","kind":"reset","forSeconds":-1}""", "forSeconds")]
    [InlineData("""{"provider":"publer","kind":"reset","route":"posts"}""", "route")]
    [InlineData("""{"provider":"publer","kind":"reset","method":"GET /"}""", "method")]
    [InlineData("""{"provider":"publer","kind":"status","status":500,"headers":{"a b":"c"}}""", "headers")]
    [InlineData("""{"provider":"publer","kind":"status","status":500,"headers":{"a":"b\r\nc: d"}}""", "headers")]
    [InlineData("""{"provider":"publer","kind":"status","status":500,"headers":{"content-length":"3"}}""", "headers")]
    [InlineData("""{"provider":"publer","kind":"reset","speed":1}""", "speed")]
    [InlineData("""{"provider":""", "provider")]
    [InlineData("null", "body")]
    public async Task A_rule_that_makes_no_sense_is_refused_by_field(string rule, string field)
    {
        var sandbox = await shared.FreshAsync();

        var refusal = await sandbox.Http.PostAsync("/_sandbox/faults", new StringContent(rule, Encoding.UTF8, "application/json"), Cancellation);

        var problem = await refusal.JsonAsync();
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (refusal.StatusCode, refusal.Content.Headers.ContentType!.MediaType));
        Assert.Equal("invalid_request", problem.Text("code"));
        Assert.Equal(field, Assert.Single(problem["errors"]!.AsObject()).Key);
    }

    [Fact]
    public async Task All_rules_are_replaced_or_none()
    {
        var sandbox = await shared.FreshAsync();
        await sandbox.FaultAsync(new { provider = "publer", kind = "reset" });

        var wrong = await sandbox.Http.PutAsJsonAsync("/_sandbox/faults", new object[] { new { provider = "publer", kind = "timeout" }, new { provider = "x", kind = "reset" } }, Cancellation);
        var kept = await sandbox.Http.GetStringAsync("/_sandbox/faults", Cancellation);
        await sandbox.Http.PutAsJsonAsync("/_sandbox/faults", new object[] { new { provider = "publer", kind = "timeout" } }, Cancellation);
        var replaced = await sandbox.Http.GetStringAsync("/_sandbox/faults", Cancellation);

        Assert.Equal("[1].provider", Assert.Single((await wrong.JsonAsync())["errors"]!.AsObject()).Key);
        Assert.Contains("\"reset\"", kept, StringComparison.Ordinal);
        Assert.Contains("\"timeout\"", replaced, StringComparison.Ordinal);
        Assert.DoesNotContain("\"reset\"", replaced, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> AddAsync(SandboxUnderTest sandbox, string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "idea_pool") { Content = JsonContent.Create(new { id, title = "New" }) };
        request.Headers.Add("Prefer", "return=representation");
        return await sandbox.Supabase.SendAsync(request, Cancellation);
    }

    private static async Task<int[]> StatusesAsync(SandboxUnderTest sandbox, int calls)
    {
        var statuses = new int[calls];
        for (var call = 0; call < calls; call++)
            statuses[call] = (int)(await sandbox.Supabase.GetAsync("experiments", Cancellation)).StatusCode;

        return statuses;
    }
}
