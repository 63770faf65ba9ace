using System.Net.Http.Json;
using System.Text.Json;
using HotDash.TestKit;

namespace HotDash.Api.Tests.Features.Flags;

public sealed class FlagsTests(PostgresFixture postgres, SharedApi shared) : ApiTest(postgres, shared), IClassFixture<SharedApi>
{
    [Fact]
    public async Task A_flag_is_made_edited_and_deleted()
    {
        var api = await StartAsync();

        var made = await api.PostAsync("/api/flags", new { name = "checkout", enabled = true, rolloutPercent = 12.345, allowedCohorts = new[] { "beta" }, reason = "a new page" });
        var edited = await SendAsync(api, HttpMethod.Put, "/api/flags/checkout", new { enabled = true, rolloutPercent = 50, reason = "it works" }, "\"1\"");
        var deleted = await SendAsync(api, HttpMethod.Delete, "/api/flags/checkout?reason=done", null, "\"2\"");
        var gone = await api.GetAsync("/api/flags/checkout");

        Assert.Equal((201, "\"1\"", "/api/flags/checkout"), (made.Status, made.Message.Headers.ETag?.Tag, made.Message.Headers.Location?.OriginalString));
        Assert.Equal((12.345m, "checkout"), (made.Json.GetProperty("rolloutPercent").GetDecimal(), made.Text("salt")));
        Assert.StartsWith("test ", made.Text("changedBy"), StringComparison.Ordinal);
        Assert.Equal((200, "\"2\"", "50", 0), (edited.Status, edited.Message.Headers.ETag?.Tag, edited.Json.GetProperty("rolloutPercent").GetRawText(), edited.Json.GetProperty("allowedCohorts").GetArrayLength()));
        Assert.Equal((204, 404), (deleted.Status, gone.Status));
    }

    [Fact]
    public async Task An_edit_needs_the_version_that_was_read()
    {
        var api = await StartAsync();
        var edit = new { enabled = true, rolloutPercent = 50, reason = "more" };

        var without = await SendAsync(api, HttpMethod.Put, "/api/flags/export_pdf", edit, null);
        var old = await SendAsync(api, HttpMethod.Put, "/api/flags/export_pdf", edit, "\"7\"");
        var odd = await SendAsync(api, HttpMethod.Put, "/api/flags/export_pdf", edit, "W/\"1\"");
        var any = await SendAsync(api, HttpMethod.Put, "/api/flags/export_pdf", edit, "*");

        Assert.Equal((428, "precondition_required"), (without.Status, without.Code));
        Assert.Equal((412, "precondition_failed"), (old.Status, old.Code));
        Assert.Contains("version 1", old.Text("detail"), StringComparison.Ordinal);
        Assert.NotEmpty(odd.Error("If-Match"));
        Assert.Equal(200, any.Status);
    }

    [Fact]
    public async Task A_flag_is_turned_in_a_hurry()
    {
        var api = await StartAsync();
        var path = "/api/flags/push_notifications";

        var enabled = await api.PostAsync($"{path}/enable", new { percent = 60, reason = "go" });
        var lowered = await api.PostAsync($"{path}/rollback", new { decrement = 10.5, reason = "slower" });
        var killed = await api.PostAsync($"{path}/kill", new { reason = "it burns" });
        var reason = (await api.GetAsync($"{path}/evaluate?user=ada")).Text("reason");
        var alive = await api.PostAsync($"{path}/unkill", new { reason = "it was the toaster" });
        var disabled = await api.PostAsync($"{path}/disable", new { reason = "enough" });

        Assert.Equal(
            [(60m, true, false), (49.5m, true, false), (49.5m, true, true), (49.5m, true, false), (49.5m, false, false)],
            new[] { enabled, lowered, killed, alive, disabled }.Select(reply => (
                reply.Json.GetProperty("rolloutPercent").GetDecimal(), reply.Json.GetProperty("enabled").GetBoolean(), reply.Json.GetProperty("killed").GetBoolean())));
        Assert.Equal("KILLED", reason);
    }

    [Fact]
    public async Task An_override_holds_for_one_user_until_it_is_cleared()
    {
        var api = await StartAsync();

        await SendAsync(api, HttpMethod.Put, "/api/flags/export_pdf/overrides/ada", new { on = false, reason = "her printer" }, null);
        var ada = await api.GetAsync("/api/flags/export_pdf/evaluate?user=ada");
        var bob = await api.GetAsync("/api/flags/export_pdf/evaluate?user=bob");
        var listed = await api.GetAsync("/api/flags/export_pdf/overrides");
        await SendAsync(api, HttpMethod.Delete, "/api/flags/export_pdf/overrides/ada?reason=mended", null, null);
        var again = await api.GetAsync("/api/flags/export_pdf/evaluate?user=ada");

        Assert.Equal([("off", "OVERRIDE"), ("on", "STATIC"), ("on", "STATIC")], new[] { ada, bob, again }.Select(reply => (reply.Text("variant"), reply.Text("reason"))));
        Assert.Equal("""[{"user":"ada","on":false}]""", listed.Json.GetProperty("overrides").GetRawText());
    }

    [Fact]
    public async Task An_explanation_names_each_step_to_the_one_that_decided()
    {
        var api = await StartAsync(("FLAG_AI_COACHING_V2", "on"));

        var split = await api.GetAsync("/api/flags/advanced_analytics/explain?user=ada&cohort=internal");
        var fromEnvironment = await api.GetAsync("/api/flags/ai_coaching_v2/explain");

        Assert.Equal(
            ["kill switch", "environment", "override", "dates", "enabled", "cohort", "percentage"],
            split.Json.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("step").GetString()));
        Assert.Equal("SPLIT", split.Text("reason"));
        Assert.Equal("FLAG_AI_COACHING_V2 says on in this process.", fromEnvironment.Json.GetProperty("steps").EnumerateArray().Last().GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Several_flags_are_evaluated_at_once_and_one_that_does_not_exist_is_said_so()
    {
        var api = await StartAsync();

        var some = await api.PostAsync("/api/flags/evaluate", new { user = "ada", cohort = "beta", flags = new[] { "advanced_analytics", "nothing" } });
        var all = await api.PostAsync("/api/flags/evaluate", new { });

        Assert.Equal(
            [("advanced_analytics", "COHORT", null), ("nothing", "ERROR", "no_such_flag")],
            some.Json.GetProperty("flags").EnumerateArray().Select(flag => (flag.GetProperty("name").GetString(), flag.GetProperty("reason").GetString(), flag.GetProperty("problem").GetString())));
        Assert.Equal(13, all.Json.GetProperty("flags").GetArrayLength());
        Assert.Contains(all.Json.GetProperty("flags").EnumerateArray(), flag => flag.GetProperty("problem").GetString() == "needs_user");
    }

    [Fact]
    public async Task Flags_are_listed_by_name_and_in_pages()
    {
        var api = await StartAsync();

        var first = await api.GetAsync("/api/flags?limit=8");
        var second = await api.GetAsync($"/api/flags?limit=8&cursor={first.Text("nextCursor")}");
        var names = new[] { first, second }.SelectMany(page => page.Json.GetProperty("flags").EnumerateArray()).Select(flag => flag.GetProperty("name").GetString()!).ToList();

        Assert.Equal(13, names.Count);
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.Equal(JsonValueKind.Null, second.Json.GetProperty("nextCursor").ValueKind);
    }

    [Theory]
    [InlineData("rolloutPercent", """{"name":"x","rolloutPercent":101,"reason":"y"}""")]
    [InlineData("rolloutPercent", """{"name":"x","rolloutPercent":0.0001,"reason":"y"}""")]
    [InlineData("rolloutPercent", """{"name":"x","rolloutPercent":"10","reason":"y"}""")]
    [InlineData("endDate", """{"name":"x","startDate":"2026-12-02T00:00:00Z","endDate":"2026-12-01T00:00:00Z","reason":"y"}""")]
    [InlineData("startDate", """{"name":"x","startDate":"tomorrow","reason":"y"}""")]
    [InlineData("allowedCohorts", """{"name":"x","allowedCohorts":["gold"],"reason":"y"}""")]
    [InlineData("allowedCohorts", """{"name":"x","allowedCohorts":[null],"reason":"y"}""")]
    [InlineData("name", """{"name":"X y","reason":"y"}""")]
    [InlineData("name", """{"reason":"y"}""")]
    [InlineData("reason", """{"name":"x"}""")]
    [InlineData("colour", """{"name":"x","colour":"red","reason":"y"}""")]
    public async Task What_a_flag_cannot_be_is_named(string field, string body)
    {
        var api = await SharedAsync();

        var reply = await api.PostTextAsync("/api/flags", body);

        Assert.Equal(400, reply.Status);
        Assert.NotEmpty(reply.Error(field));
        Assert.Equal((13, 0), (await CountAsync("flags"), await CountAsync("flag_changes")));
    }

    [Fact]
    public async Task What_does_not_exist_or_cannot_be_asked_is_said_so()
    {
        var api = await StartAsync();

        Assert.Equal(404, (await api.GetAsync("/api/flags/nothing/evaluate")).Status);
        Assert.NotEmpty((await api.GetAsync("/api/flags/%01")).Error("address"));
        Assert.Equal(404, (await api.PostAsync("/api/flags/nothing/kill", new { reason = "y" })).Status);
        Assert.Equal(409, (await api.PostAsync("/api/flags", new { name = "export_pdf", reason = "y" })).Status);
        Assert.NotEmpty((await api.GetAsync("/api/flags/export_pdf/evaluate?cohort=gold")).Error("cohort"));
        Assert.NotEmpty((await api.GetAsync("/api/flags/export_pdf/evaluate?user=")).Error("user"));
        Assert.NotEmpty((await api.PostAsync("/api/flags/export_pdf/enable", new { percent = 101, reason = "y" })).Error("percent"));
        Assert.NotEmpty((await api.PostAsync("/api/flags/export_pdf/enable", new { reason = "y" })).Error("percent"));
        Assert.NotEmpty((await api.PostAsync("/api/flags/export_pdf/kill", new { })).Error("reason"));
        Assert.Contains("10000", (await api.PostAsync("/api/flags/evaluate", new { flags = Enumerable.Repeat("x", 10_000) })).Error("flags"), StringComparison.Ordinal);
        Assert.Equal(413, (await api.PostTextAsync("/api/flags/evaluate", $$"""{"user":"{{new string('a', 1024 * 1024)}}"}""")).Status);
    }

    [Fact]
    public async Task Reading_turning_and_editing_need_a_scope_each()
    {
        var api = await StartAsync();

        await api.UseKeyAsync("read");
        var (readsWithRead, turnsWithRead) = ((await api.GetAsync("/api/flags")).Status, (await api.PostAsync("/api/flags/export_pdf/kill", new { reason = "y" })).Status);
        await api.UseKeyAsync("operate");
        var (turnsWithOperate, editsWithOperate) = ((await api.PostAsync("/api/flags/export_pdf/kill", new { reason = "y" })).Status, (await api.PostAsync("/api/flags", new { name = "x", reason = "y" })).Status);

        Assert.Equal((200, 403, 200, 403), (readsWithRead, turnsWithRead, turnsWithOperate, editsWithOperate));
    }

    private static async Task<Reply> SendAsync(ApiUnderTest api, HttpMethod method, string path, object? body, string? ifMatch)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);

        return await Reply.ReadAsync(await api.Http.SendAsync(request, Ct));
    }
}
