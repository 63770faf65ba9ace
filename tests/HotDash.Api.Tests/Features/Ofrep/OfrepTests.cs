using HotDash.TestKit;

namespace HotDash.Api.Tests.Features.Ofrep;

public sealed class OfrepTests(PostgresFixture postgres, SharedApi shared) : ApiTest(postgres, shared), IClassFixture<SharedApi>
{
    private const string All = "/ofrep/v1/evaluate/flags";

    [Fact]
    public async Task A_flag_is_evaluated_for_a_context()
    {
        var api = await StartAsync();

        var reply = await api.PostAsync($"{All}/advanced_analytics", new { context = new { targetingKey = "ada", cohort = "beta", city = "Ulm" } });

        Assert.Equal(200, reply.Status);
        Assert.Equal(
            """{"key":"advanced_analytics","value":true,"variant":"on","reason":"TARGETING_MATCH","metadata":{"hotdash.reason":"COHORT","hotdash.version":1}}""",
            reply.Json.GetRawText());
    }

    [Theory]
    [InlineData("advanced_analytics", "{}", 400, "TARGETING_KEY_MISSING")]
    [InlineData("nothing", "{}", 404, "FLAG_NOT_FOUND")]
    [InlineData("export_pdf", """{"context":[]}""", 400, "INVALID_CONTEXT")]
    [InlineData("export_pdf", """{"context":{"targetingKey":7}}""", 400, "INVALID_CONTEXT")]
    [InlineData("export_pdf", """{"context":{"targetingKey":""}}""", 400, "INVALID_CONTEXT")]
    [InlineData("export_pdf", """{"context":{"cohort":"gold"}}""", 400, "INVALID_CONTEXT")]
    [InlineData("export_pdf", """{"context":""", 400, "PARSE_ERROR")]
    [InlineData("export_pdf", """{"context":{"targetingKey":"ada","targetingKey":"bob"}}""", 400, "PARSE_ERROR")]
    [InlineData("export_pdf", "{\"context\":{\"targetingKey\":\"\\ud800\"}}", 400, "PARSE_ERROR")]
    [InlineData("export_pdf", "[]", 400, "PARSE_ERROR")]
    [InlineData("export_pdf", "", 400, "PARSE_ERROR")]
    public async Task A_failure_has_the_protocols_own_form(string key, string body, int status, string code)
    {
        var api = await SharedAsync();

        var reply = await api.PostTextAsync($"{All}/{key}", body);

        Assert.Equal((status, code, key), (reply.Status, reply.Text("errorCode"), reply.Text("key")));
        Assert.NotEmpty(reply.Text("errorDetails")!);
    }

    [Fact]
    public async Task All_flags_are_evaluated_at_once_each_with_its_own_failure()
    {
        var api = await StartAsync();

        var reply = await api.PostAsync(All, new { });
        var flags = reply.Json.GetProperty("flags").EnumerateArray().ToDictionary(flag => flag.GetProperty("key").GetString()!);

        Assert.Equal(13, flags.Count);
        Assert.True(flags["export_pdf"].GetProperty("value").GetBoolean());
        Assert.Equal("TARGETING_KEY_MISSING", flags["advanced_analytics"].GetProperty("errorCode").GetString());
        Assert.False(flags["advanced_analytics"].TryGetProperty("value", out _));
    }

    [Fact]
    public async Task The_same_answer_is_not_sent_twice_and_another_one_is()
    {
        var api = await StartAsync();
        var context = new { context = new { targetingKey = "ada" } };
        var first = await api.PostAsync(All, context);
        var tag = first.Message.Headers.ETag!.Tag;

        var same = await api.PostAsync(All, context, ("If-None-Match", tag));
        var otherUser = await api.PostAsync(All, new { context = new { targetingKey = "ada", cohort = "premium" } }, ("If-None-Match", tag));
        await api.PostAsync("/api/flags/export_pdf/kill", new { reason = "to see" });
        var changed = await api.PostAsync(All, context, ("If-None-Match", tag));

        Assert.Equal((304, tag), (same.Status, same.Message.Headers.ETag?.Tag));
        Assert.Equal((200, 200), (otherUser.Status, changed.Status));
    }

    [Fact]
    public async Task A_context_of_a_megabyte_is_refused()
    {
        var api = await StartAsync();
        var big = $$$"""{"context":{"note":"{{{new string('a', 1024 * 1024)}}}"}}""";

        var one = await api.PostTextAsync($"{All}/export_pdf", big);
        var all = await api.PostTextAsync(All, big);

        Assert.Equal((413, 413), (one.Status, all.Status));
    }

    [Fact]
    public async Task It_needs_a_key_that_may_read()
    {
        var api = await StartAsync();

        await api.UseKeyAsync("operate");
        var without = await api.PostAsync($"{All}/export_pdf", new { });
        api.Http.DefaultRequestHeaders.Authorization = null;
        var stranger = await api.PostAsync($"{All}/export_pdf", new { });

        Assert.Equal((403, 401), (without.Status, stranger.Status));
    }
}
