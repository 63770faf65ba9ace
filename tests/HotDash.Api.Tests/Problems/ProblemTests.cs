using System.Net;
using HotDash.TestKit;

namespace HotDash.Api.Tests.Problems;

public sealed class ProblemTests(PostgresFixture postgres, SharedApi shared) : ApiTest(postgres, shared), IClassFixture<SharedApi>
{
    private const string Post = "/api/social/post";

    [Fact]
    public async Task An_address_that_leads_nowhere_is_a_404_problem_with_a_trace_id()
    {
        var api = await SharedAsync();

        var reply = await api.GetAsync("/api/nothing-here");

        Assert.Equal((404, "not_found", "application/problem+json"), (reply.Status, reply.Code, reply.Message.Content.Headers.ContentType?.MediaType));
        Assert.Equal("https://hotdash.dev/problems/not_found", reply.Text("type"));
        Assert.False(string.IsNullOrEmpty(reply.Text("traceId")));
    }

    [Fact]
    public async Task Another_method_is_a_405_problem_that_lists_those_allowed()
    {
        var api = await SharedAsync();

        using var message = await api.Http.DeleteAsync(Post, Ct);
        var reply = await Reply.ReadAsync(message);

        Assert.Equal((405, "method_not_allowed"), (reply.Status, reply.Code));
        Assert.Contains("POST", message.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=klingon")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("not a type")]
    public async Task A_body_that_is_no_JSON_in_UTF8_is_a_415_problem(string contentType)
    {
        var api = await SharedAsync();

        var reply = await api.PostTextAsync(Post, """{"text":"Hello","accountIds":["a"]}""", contentType);

        Assert.Equal((415, "unsupported_media_type"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task A_body_of_two_megabytes_is_a_413_problem()
    {
        var api = await SharedAsync();

        var reply = await api.PostTextAsync(Post, $$"""{"text":"{{new string('x', 2 * 1024 * 1024)}}","accountIds":["a"]}""");

        Assert.Equal((413, "body_too_large"), (reply.Status, reply.Code));
        Assert.Equal(0, await CountAsync("social_posts"));
    }

    [Theory]
    [InlineData("""{"text": "Hello", """)]
    [InlineData("""{"text": Hello}""")]
    [InlineData("""{"text": "a"} trailing""")]
    public async Task Broken_JSON_is_a_400_problem_that_says_where(string body)
    {
        var api = await SharedAsync();

        var reply = await api.PostTextAsync(Post, body);

        Assert.Equal((400, "malformed_json"), (reply.Status, reply.Code));
        Assert.Contains("line 1", reply.Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"text":"Hello","accountIds":["a"],"textt":"x"}""", "textt", "known")]
    [InlineData("""{"Text":"Hello","accountIds":["a"]}""", "Text", "known")]
    [InlineData("""{"text":"Hello","text":"Hallo","accountIds":["a"]}""", "text", "twice")]
    [InlineData("""{"text":7,"accountIds":["a"]}""", "text", "kind")]
    [InlineData("{\"text\":\"\\ud800\"}", "text", "kind")]
    [InlineData("""{"text":"Hello","accountIds":[{}]}""", "accountIds[0]", "kind")]
    [InlineData("""["Hello"]""", "body", "object")]
    [InlineData("null", "body", "object")]
    [InlineData("", "body", "object")]
    public async Task A_wrong_place_in_the_body_is_named(string body, string field, string what)
    {
        var api = await SharedAsync();

        var reply = await api.PostTextAsync(Post, body);

        Assert.Equal((400, "invalid_request"), (reply.Status, reply.Code));
        Assert.Contains(what, reply.Error(field), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parameter_that_nobody_knows_is_named_instead_of_ignored()
    {
        var api = await SharedAsync();

        var reply = await api.GetAsync("/api/social/posts?statsu=failed");

        Assert.Equal((400, "invalid_request"), (reply.Status, reply.Code));
        Assert.Contains("status", reply.Error("statsu"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, 502, "unauthorized")]
    [InlineData(HttpStatusCode.BadRequest, 502, "rejected")]
    public async Task A_providers_failure_names_the_integration_and_hides_the_rest(HttpStatusCode provider, int status, string code)
    {
        Wire.Supabase.Replies(provider, """{"message":"secret detail","code":"X"}""");
        var api = await StartAsync(SupabaseLive);

        var reply = await api.PostAsync("/api/analytics/idea-pool", new { title = "Bundle offers", priority = "high" });

        Assert.Equal((status, code), (reply.Status, reply.Code));
        Assert.Contains("supabase", reply.Text("detail"), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", reply.Json.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_over_its_limit_is_a_429_that_says_how_long_to_wait()
    {
        for (var attempt = 0; attempt < 3; attempt++)
            Wire.Supabase.Replies(HttpStatusCode.TooManyRequests, "", ("Retry-After", "600"));
        var api = await StartAsync(SupabaseLive);

        var reply = await api.PostAsync("/api/analytics/idea-pool", new { title = "Bundle offers", priority = "high" });

        Assert.Equal((429, "rate_limited"), (reply.Status, reply.Code));
        Assert.Equal(600, reply.Message.Headers.RetryAfter?.Delta?.TotalSeconds);
    }
}
