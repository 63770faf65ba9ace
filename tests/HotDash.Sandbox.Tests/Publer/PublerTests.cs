using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

using HotDash.TestKit;

using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Sandbox.Tests.Publer;

public sealed class PublerTests(SharedSandbox shared) : IClassFixture<SharedSandbox>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("users/me")]
    [InlineData("workspaces")]
    public async Task The_user_and_the_workspaces_need_the_key_alone(string path)
    {
        var sandbox = await shared.FreshAsync();

        var answer = await SendAsync(sandbox, path, $"Bearer-API {SandboxUnderTest.Key}", workspace: null);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData(null, "ws-sandbox", "Invalid API key")]
    [InlineData($"Bearer {SandboxUnderTest.Key}", "ws-sandbox", "Invalid API key")]
    [InlineData("Bearer-API other", "ws-sandbox", "Invalid API key")]
    [InlineData($"Bearer-API {SandboxUnderTest.Key}", null, "You don't have access on this workspace")]
    [InlineData($"Bearer-API {SandboxUnderTest.Key}", "other", "You don't have access on this workspace")]
    public async Task Whoever_has_not_the_key_with_its_prefix_and_the_workspace_is_refused(string? authorization, string? workspace, string why)
    {
        var sandbox = await shared.FreshAsync();

        var answer = await SendAsync(sandbox, "accounts", authorization, workspace);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.StartsWith(why, (await answer.JsonAsync()).Text("errors", 0), StringComparison.Ordinal);
        Assert.StartsWith(why, Assert.Single(await sandbox.ViolationsAsync()).Text("reason"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_id_of_a_job_comes_twice_not_even_after_a_reset_or_a_new_start()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync();
        await using var later = await SandboxUnderTest.StartAsync(
            services => services.AddSingleton<TimeProvider>(new ManualTimeProvider(sandbox.Clock.GetUtcNow().AddSeconds(1))));
        var post = Posts("Hello", await sandbox.AccountAsync());

        var first = await SubmitAsync(sandbox, "posts/schedule/publish", post);
        await sandbox.Http.PostAsync("/_sandbox/reset", null, Cancellation);
        var afterReset = await SubmitAsync(sandbox, "posts/schedule/publish", post);
        var afterStart = await SubmitAsync(later, "posts/schedule/publish", post);

        Assert.Equal(3, new[] { first, afterReset, afterStart }.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Beyond_the_limit_calls_are_throttled_until_the_window_ends()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync(("Integrations:Limits:publer", "2/30s"));

        var first = await sandbox.Publer.GetAsync("accounts", Cancellation);
        await sandbox.Publer.GetAsync("users/me", Cancellation);
        var third = await sandbox.Publer.GetAsync("accounts", Cancellation);
        sandbox.Clock.Advance(TimeSpan.FromSeconds(30));
        var later = await sandbox.Publer.GetAsync("accounts", Cancellation);

        var reset = $"{sandbox.Clock.GetUtcNow().ToUnixTimeSeconds()}";
        Assert.Equal(("2", "1", reset), (Header(first, "Limit"), Header(first, "Remaining"), Header(first, "Reset")));
        Assert.Equal((HttpStatusCode.TooManyRequests, "0", reset), (third.StatusCode, Header(third, "Remaining"), Header(third, "Reset")));
        Assert.Equal("Rate limit exceeded. Retry later.", (await third.JsonAsync()).Text("error"));
        Assert.Null(third.Headers.RetryAfter);
        Assert.Equal(429, Assert.Single(await sandbox.ViolationsAsync())["status"]!.GetValue<int>());
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task A_submission_is_accepted_at_once_and_published_after_the_lag()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync(("Sandbox:Publer:Lag", "5s"));
        var account = await sandbox.AccountAsync();

        var job = await SubmitAsync(sandbox, "posts/schedule/publish", Posts("Hello", account));
        var working = await StatusAsync(sandbox, job);
        var before = await sandbox.LedgerAsync("publer", "post.published");
        sandbox.Clock.Advance(TimeSpan.FromSeconds(5));
        var complete = await StatusAsync(sandbox, job);

        Assert.Equal(("working", "complete"), (working.Text("status"), complete.Text("status")));
        Assert.Empty(complete["payload"]!["failures"]!.AsObject());
        Assert.Empty(before);
        var post = Assert.Single(await sandbox.LedgerAsync("publer", "post.published"));
        Assert.Equal(("Hello", account, job), (post.Text("details", "text"), post.Text("details", "accountId"), post.Text("details", "jobId")));
    }

    [Fact]
    public async Task A_scheduled_post_is_published_at_its_time()
    {
        var sandbox = await shared.FreshAsync();
        var account = await sandbox.AccountAsync();
        var time = sandbox.Clock.GetUtcNow().AddHours(1);

        await SubmitAsync(sandbox, "posts/schedule", Posts("Later", account, time));
        sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        var scheduled = await ListAsync(sandbox, "state=scheduled");
        sandbox.Clock.Advance(TimeSpan.FromHours(1));
        var published = await ListAsync(sandbox, "state=published");

        Assert.Equal("Later", scheduled.Text("posts", 0, "text"));
        Assert.Null(scheduled["posts"]![0]!["post_link"]);
        Assert.NotNull(published.Text("posts", 0, "post_link"));
        Assert.Equal(["job.accepted", "post.created", "post.published"], (await sandbox.LedgerAsync("publer")).Select(effect => effect.Text("operation")));
    }

    [Theory]
    [InlineData(-3600, "Posts cannot be backdated")]
    [InlineData(30, "Posts cannot be backdated")]
    [InlineData(null, "Scheduled at must be a time with a zone")]
    public async Task A_time_is_judged_in_the_job_and_not_in_the_call(int? seconds, string why)
    {
        var sandbox = await shared.FreshAsync();
        var account = await sandbox.AccountAsync();

        var job = await SubmitAsync(sandbox, "posts/schedule", Posts("Hello", account, seconds is { } offset ? sandbox.Clock.GetUtcNow().AddSeconds(offset) : null));
        sandbox.Clock.Advance(TimeSpan.FromMinutes(1));
        var status = await StatusAsync(sandbox, job);

        Assert.Equal(("complete", account, why),
            (status.Text("status"), status.Text("payload", "failures", 0, "account_id"), status.Text("payload", "failures", 0, "message")));
        Assert.Equal(why, Assert.Single(await sandbox.ViolationsAsync()).Text("reason"));
    }

    [Theory]
    [InlineData("array", "payload/failures/0")]
    [InlineData("object", "payload/failures/0")]
    [InlineData("lists", "payload/failures/{account}/0")]
    public async Task Failures_of_accounts_come_on_demand_and_in_every_shape(string shape, string path)
    {
        var sandbox = await shared.FreshAsync();
        var (good, bad) = (await sandbox.AccountAsync("facebook"), await sandbox.AccountAsync());
        await sandbox.SettingsAsync(new
        {
            publer = new { lag = "0s", failureShape = shape, failAccounts = new Dictionary<string, string>(StringComparer.Ordinal) { [bad] = "Daily limit reached" } },
        });

        var job = await SubmitAsync(sandbox, "posts/schedule/publish", Posts("Hello", good, bad));
        var status = await StatusAsync(sandbox, job);

        object[] steps = [.. path.Replace("{account}", bad, StringComparison.Ordinal).Split('/').Select((step, index) => (object)(step is "0" && !(shape is "object" && index is 2) ? 0 : step))];
        Assert.Equal("complete", status.Text("status"));
        Assert.Equal(("Daily limit reached", bad, "twitter"),
            (status.Text([.. steps, "message"]), status.Text([.. steps, "account_id"]), status.Text([.. steps, "provider"])));
        Assert.Equal(good, Assert.Single(await sandbox.LedgerAsync("publer", "post.published")).Text("details", "accountId"));
        Assert.Empty(await sandbox.ViolationsAsync());
    }

    [Fact]
    public async Task Replies_can_be_wrapped_as_the_openapi_file_says()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync(("Sandbox:Publer:ReplyShape", "wrapped"));
        var account = await sandbox.AccountAsync();

        var reply = await (await sandbox.Publer.PostAsJsonAsync("posts/schedule/publish", Posts("Hello", account), Cancellation)).JsonAsync();
        var status = await StatusAsync(sandbox, reply.Text("data", "job_id")!);

        Assert.Equal(("true", "working", "working"), (reply.Text("success"), status.Text("data", "status"), status.Text("data", "result", "status")));
    }

    [Theory]
    [InlineData("""{"bulk":{"state":"auto","posts":[]}}""", "Unknown state auto")]
    [InlineData("""{"bulk":{"state":"draft","posts":[]}}""", "Only the state scheduled can be published at once")]
    [InlineData("""{"bulk":{"state":"scheduled","posts":[]}}""", "Posts can't be blank")]
    [InlineData("""{"bulk":{"state":"scheduled","posts":[{"networks":{"twitter":{"type":"status"}}}]}}""", "Accounts can't be blank")]
    [InlineData("""{"bulk":{"state":"scheduled","posts":[null]}}""", "Accounts can't be blank")]
    [InlineData("""{"posts":[]}""", "Invalid request body")]
    [InlineData("nonsense", "Invalid request body")]
    public async Task A_body_that_makes_no_sense_is_refused_in_publers_words(string body, string why)
    {
        var sandbox = await shared.FreshAsync();

        var answer = await sandbox.Publer.PostAsync("posts/schedule/publish", new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Cancellation);

        Assert.Equal((HttpStatusCode.BadRequest, why), (answer.StatusCode, (await answer.JsonAsync()).Text("errors", 0)));
        Assert.Empty(await sandbox.LedgerAsync("publer"));
    }

    [Fact]
    public async Task Posts_come_in_pages_from_0_on_and_days_only_together()
    {
        var sandbox = await shared.FreshAsync();
        await sandbox.SettingsAsync(new { publer = new { lag = "0s" } });
        var account = await sandbox.AccountAsync();
        for (var number = 0; number < 12; number++)
            await SubmitAsync(sandbox, "posts/schedule/publish", Posts($"Post {number}", account));

        var today = sandbox.Clock.GetUtcNow();
        var (from, to, after) = ($"from={today:yyyy-MM-dd}", $"to={today.AddDays(1):yyyy-MM-dd}", $"from={today.AddDays(1):yyyy-MM-dd}&to={today.AddDays(2):yyyy-MM-dd}");
        var first = await ListAsync(sandbox, $"{from}&{to}");
        var second = await ListAsync(sandbox, $"{from}&{to}&page=1");
        var other = await ListAsync(sandbox, after);
        var half = await sandbox.Publer.GetAsync($"posts?{from}", Cancellation);

        Assert.Equal((10, 2, 0), (first["posts"]!.AsArray().Count, second["posts"]!.AsArray().Count, other["posts"]!.AsArray().Count));
        Assert.Equal(("12", "2", "0"), (first.Text("total"), first.Text("total_pages"), first.Text("page")));
        Assert.Equal(HttpStatusCode.BadRequest, half.StatusCode);
    }

    [Fact]
    public async Task A_scheduled_post_can_be_changed_and_deleted_and_a_published_one_not_changed()
    {
        var sandbox = await shared.FreshAsync();
        await sandbox.SettingsAsync(new { publer = new { lag = "0s" } });
        var account = await sandbox.AccountAsync();
        await SubmitAsync(sandbox, "posts/schedule", Posts("Later", account, sandbox.Clock.GetUtcNow().AddHours(1)));
        await SubmitAsync(sandbox, "posts/schedule/publish", Posts("Now", account));
        var scheduled = (await ListAsync(sandbox, "state=scheduled")).Text("posts", 0, "id");
        var published = (await ListAsync(sandbox, "state=published")).Text("posts", 0, "id");

        var changed = await sandbox.Publer.PutAsJsonAsync($"posts/{scheduled}", new { post = new { text = "Changed" } }, Cancellation);
        var refused = await sandbox.Publer.PutAsJsonAsync($"posts/{published}", new { post = new { text = "Changed" } }, Cancellation);
        var unknown = await sandbox.Publer.PutAsJsonAsync("posts/none", new { post = new { text = "Changed" } }, Cancellation);
        var deleted = await (await sandbox.Publer.DeleteAsync($"posts?post_ids[]={scheduled}&post_ids[]=none", Cancellation)).JsonAsync();

        Assert.Equal("Changed", (await changed.JsonAsync()).Text("text"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.NotFound), (refused.StatusCode, unknown.StatusCode));
        Assert.Equal(scheduled, Assert.Single(deleted["deleted_ids"]!.AsArray())!.GetValue<string>());
        Assert.Equal("0", (await ListAsync(sandbox, "state=scheduled")).Text("total"));
    }

    [Fact]
    public async Task An_effect_knows_the_trace_that_caused_it()
    {
        var sandbox = await shared.FreshAsync();
        await sandbox.SettingsAsync(new { publer = new { lag = "0s" } });
        const string trace = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01";
        using var request = new HttpRequestMessage(HttpMethod.Post, "posts/schedule/publish") { Content = JsonContent.Create(Posts("Hello", await sandbox.AccountAsync())) };
        request.Headers.Add("traceparent", trace);

        await sandbox.Publer.SendAsync(request, Cancellation);

        Assert.All(await sandbox.LedgerAsync("publer"), effect => Assert.StartsWith(trace[..36], effect.Text("traceParent"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Media_are_taken()
    {
        var sandbox = await shared.FreshAsync();
        using var form = new MultipartFormDataContent { { new ByteArrayContent([1, 2, 3]), "file", "shop.png" } };

        var media = await (await sandbox.Publer.PostAsync("media", form, Cancellation)).JsonAsync();
        var job = await (await sandbox.Publer.PostAsJsonAsync("media/from-url", new { media = Array.Empty<object>(), type = "single" }, Cancellation)).JsonAsync();

        Assert.Equal("shop.png", media.Text("name"));
        Assert.Equal("working", (await StatusAsync(sandbox, job.Text("job_id")!)).Text("status"));
    }

    private static object Posts(string text, params string[] accounts) => Bulk(text, [.. accounts.Select(id => (object)new { id })]);

    private static object Posts(string text, string account, DateTimeOffset? time) =>
        Bulk(text, time is null ? new { id = account } : new { id = account, scheduled_at = time });

    private static object Bulk(string text, params object[] accounts)
    {
        var content = new { type = "status", text };
        return new { bulk = new { state = "scheduled", posts = new[] { new { networks = new { twitter = content, facebook = content }, accounts } } } };
    }

    private static async Task<string> SubmitAsync(SandboxUnderTest sandbox, string path, object body) =>
        (await (await sandbox.Publer.PostAsJsonAsync(path, body, Cancellation)).JsonAsync()).Text("job_id")!;

    private static async Task<JsonNode> StatusAsync(SandboxUnderTest sandbox, string job) =>
        await (await sandbox.Publer.GetAsync($"job_status/{job}", Cancellation)).JsonAsync();

    private static async Task<JsonNode> ListAsync(SandboxUnderTest sandbox, string query) =>
        await (await sandbox.Publer.GetAsync($"posts?{query}", Cancellation)).JsonAsync();

    private static string? Header(HttpResponseMessage reply, string name) => reply.Headers.GetValues($"X-RateLimit-{name}").Single();

    private static async Task<HttpResponseMessage> SendAsync(SandboxUnderTest sandbox, string path, string? authorization, string? workspace)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/publer/api/v1/{path}");
        if (authorization is not null)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        if (workspace is not null)
            request.Headers.Add("Publer-Workspace-Id", workspace);

        return await sandbox.Http.SendAsync(request, Cancellation);
    }
}
