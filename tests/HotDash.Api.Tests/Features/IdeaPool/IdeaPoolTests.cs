using System.Net;
using System.Text.Json;
using HotDash.TestKit;

namespace HotDash.Api.Tests.Features.IdeaPool;

public sealed class IdeaPoolTests(PostgresFixture postgres, SharedApi shared) : ApiTest(postgres, shared), IClassFixture<SharedApi>
{
    private const string Path = "/api/analytics/idea-pool";

    [Fact]
    public async Task A_live_answer_is_wrapped_with_its_source_and_age()
    {
        Wire.Supabase.RepliesIdeas(SupabaseReplies.Row("a", "2026-11-01T10:00:00Z"));
        var api = await StartAsync(SupabaseLive);

        var reply = await api.GetAsync(Path);

        Assert.Equal(200, reply.Status);
        Assert.True(reply.Json.GetProperty("success").GetBoolean());
        Assert.Equal("supabase", reply.Text("source"));
        Assert.Empty(reply.Json.GetProperty("warnings").EnumerateArray());
        Assert.EndsWith("Z", reply.Text("asOf"), StringComparison.Ordinal);
        Assert.EndsWith("Z", reply.Text("timestamp"), StringComparison.Ordinal);
        var data = reply.Json.GetProperty("data");
        Assert.Equal("pending_review", data.GetProperty("items")[0].GetProperty("status").GetString());
        Assert.Equal(1, data.GetProperty("totals").GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task What_somebody_searches_for_is_in_no_log()
    {
        var api = await StartAsync();

        var reply = await api.GetAsync($"{Path}?q=nobodys-business");

        Assert.Equal(200, reply.Status);
        Assert.DoesNotContain("nobodys-business", api.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_flag_is_off_the_examples_come_without_a_warning()
    {
        var api = await StartAsync();

        var reply = await api.GetAsync(Path);

        Assert.Equal("mock", reply.Text("source"));
        Assert.Empty(reply.Warnings);
        Assert.NotEmpty(reply.Items);
    }

    [Fact]
    public async Task Missing_credentials_answer_examples_and_name_the_variable()
    {
        var api = await StartAsync(("IDEA_POOL_SUPABASE_ENABLED", "true"), ("SUPABASE_URL", "https://supabase.example"));

        var reply = await api.GetAsync(Path);

        Assert.Equal("mock", reply.Text("source"));
        var warning = Assert.Single(reply.Warnings);
        Assert.Equal("credentials_missing", warning.GetProperty("code").GetString());
        Assert.Contains("SUPABASE_SERVICE_KEY", warning.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_is_answered_from_the_last_good_answer_to_the_same_question_only()
    {
        Wire.Supabase.RepliesIdeas(SupabaseReplies.Row("a", "2026-11-01T10:00:00Z")).RefusesIdeas().RefusesIdeas();
        var api = await StartAsync(SupabaseLive);
        await api.GetAsync(Path);

        var same = await api.GetAsync(Path);
        var other = await api.GetAsync($"{Path}?status=draft");

        Assert.Equal(("snapshot", "unauthorized"), (same.Text("source"), same.Warnings.Single().GetProperty("code").GetString()));
        Assert.Equal("a", same.Items.Single().GetProperty("id").GetString());
        Assert.Equal(("mock", "unauthorized"), (other.Text("source"), other.Warnings.Single().GetProperty("code").GetString()));
    }

    [Fact]
    public async Task An_empty_table_answers_examples_and_an_empty_filter_answers_nothing()
    {
        Wire.Supabase.RepliesIdeas().RepliesIdeas();
        var api = await StartAsync(SupabaseLive);

        var table = await api.GetAsync(Path);
        var filter = await api.GetAsync($"{Path}?priority=low");

        Assert.Equal(("mock", "empty_table"), (table.Text("source"), table.Warnings.Single().GetProperty("code").GetString()));
        Assert.Equal("supabase", filter.Text("source"));
        Assert.Empty(filter.Items);
        Assert.Empty(filter.Warnings);
    }

    [Fact]
    public async Task The_examples_are_paged_and_filtered_as_the_table_is()
    {
        var api = await StartAsync();
        var all = (await api.GetAsync(Path)).Items.Select(Id).ToList();

        var paged = new List<string?>();
        for (var query = "?limit=2"; query is not "";)
        {
            var page = await api.GetAsync(Path + query);
            paged.AddRange(page.Items.Select(Id));
            query = page.Json.GetProperty("data").GetProperty("nextCursor").GetString() is { } cursor ? $"?limit=2&cursor={cursor}" : "";
        }

        Assert.Equal(all, paged);
        Assert.All((await api.GetAsync($"{Path}?status=approved")).Items, idea => Assert.Equal("approved", idea.GetProperty("status").GetString()));
        Assert.Contains("mock-idea-001", (await api.GetAsync($"{Path}?q=WINTER")).Items.Select(Id));
    }

    [Fact]
    public async Task A_cursor_of_another_source_is_a_409()
    {
        var mock = await StartAsync();
        var cursor = (await mock.GetAsync($"{Path}?limit=1")).Json.GetProperty("data").GetProperty("nextCursor").GetString();
        Wire.Supabase.RepliesIdeas(SupabaseReplies.Row("a", "2026-11-01T10:00:00Z"));
        var live = await StartAsync(SupabaseLive);

        var reply = await live.GetAsync($"{Path}?limit=1&cursor={cursor}");

        Assert.Equal((409, "cursor_source_changed"), (reply.Status, reply.Code));
    }

    [Theory]
    [InlineData("status=done", "status", "pending_review")]
    [InlineData("status=Draft", "status", "pending_review")]
    [InlineData("status=1", "status", "pending_review")]
    [InlineData("priority=urgent", "priority", "high")]
    [InlineData("limit=0", "limit", "100")]
    [InlineData("limit=-1", "limit", "100")]
    [InlineData("limit=1e2", "limit", "100")]
    [InlineData("cursor=!", "cursor", "first page")]
    [InlineData("cursor=eyJ4IjoxfQ", "cursor", "first page")]
    [InlineData("q=%00", "q", "U+0000")]
    [InlineData("page=2", "page", "cursor")]
    public async Task A_bad_filter_is_named_with_what_is_allowed(string query, string field, string allowed)
    {
        var api = await SharedAsync();

        var reply = await api.GetAsync($"{Path}?{query}");

        Assert.Equal((400, "invalid_request"), (reply.Status, reply.Code));
        Assert.Contains(allowed, reply.Error(field), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_live_idea_is_created_under_the_callers_id()
    {
        Wire.Supabase.Replies(HttpStatusCode.Created, $"[{SupabaseReplies.Row("idea-7", "2026-11-01T10:00:00Z")}]");
        var api = await StartAsync(SupabaseLive);

        var reply = await api.PostAsync(Path, new { id = "idea-7", title = "Idea idea-7", priority = "high", confidence = 0.5 });

        Assert.Equal((201, "supabase"), (reply.Status, reply.Text("source")));
        Assert.Contains("\"idea-7\"", Wire.Supabase.Requests.Single().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_that_another_idea_has_is_a_409()
    {
        Wire.Supabase.Replies(HttpStatusCode.Created, "[]").Replies(HttpStatusCode.OK, $"[{SupabaseReplies.Row("idea-7", "2026-11-01T10:00:00Z")}]");
        var api = await StartAsync(SupabaseLive);

        var reply = await api.PostAsync(Path, new { id = "idea-7", title = "Another", priority = "high" });

        Assert.Equal((409, "id_taken"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task A_mock_idea_says_so_in_its_id()
    {
        var api = await StartAsync();

        var reply = await api.PostAsync(Path, new { title = "Bundle offers", priority = "low" });

        Assert.Equal((201, "mock"), (reply.Status, reply.Text("source")));
        Assert.StartsWith("mock-", reply.Json.GetProperty("data").GetProperty("idea").GetProperty("id").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"priority":"high"}""", "title")]
    [InlineData("""{"title":"x"}""", "priority")]
    [InlineData("""{"title":"x","priority":"urgent"}""", "priority")]
    [InlineData("""{"title":"x","priority":"high","status":"approved"}""", "status")]
    [InlineData("""{"title":"x","priority":"high","confidence":1.1}""", "confidence")]
    [InlineData("""{"title":"x","priority":"high","confidence":"0.5"}""", "confidence")]
    [InlineData("""{"title":"x","priority":"high","id":"mock-1"}""", "id")]
    [InlineData("""{"title":"x","priority":"high","id":"a b"}""", "id")]
    public async Task An_idea_that_cannot_be_is_refused_by_field(string body, string field)
    {
        var api = await SharedAsync();

        var reply = await api.PostTextAsync(Path, body);

        Assert.Equal((400, "invalid_request"), (reply.Status, reply.Code));
        Assert.NotEmpty(reply.Error(field));
    }

    [Fact]
    public async Task A_review_writes_the_decision_and_who_took_it()
    {
        Wire.Supabase.Replies(HttpStatusCode.OK, $"[{SupabaseReplies.Row("a", "2026-11-01T10:00:00Z", "approved")}]").Replies(HttpStatusCode.OK, "[]");
        var api = await StartAsync(SupabaseLive);

        var reviewed = await api.PostAsync($"{Path}/a/review", new { decision = "approved", reviewer = "Ada" });
        var nobody = await api.PostAsync($"{Path}/b/review", new { decision = "rejected", reviewer = "Ada" });

        Assert.Equal((200, "supabase"), (reviewed.Status, reviewed.Text("source")));
        Assert.Contains("Ada", Wire.Supabase.Requests[0].Body, StringComparison.Ordinal);
        Assert.Equal((404, "not_found"), (nobody.Status, nobody.Code));
    }

    [Theory]
    [InlineData("""{"decision":"draft","reviewer":"Ada"}""", "decision")]
    [InlineData("""{"reviewer":"Ada"}""", "decision")]
    [InlineData("""{"decision":"approved"}""", "reviewer")]
    public async Task A_review_that_cannot_be_is_refused_by_field(string body, string field)
    {
        var api = await SharedAsync();

        var reply = await api.PostTextAsync($"{Path}/mock-idea-001/review", body);

        Assert.Equal((400, "invalid_request"), (reply.Status, reply.Code));
        Assert.NotEmpty(reply.Error(field));
    }

    [Fact]
    public async Task Reviews_need_the_scope_approve()
    {
        var api = await StartAsync();
        await api.UseKeyAsync("read", "operate");

        var reply = await api.PostAsync($"{Path}/mock-idea-001/review", new { decision = "approved", reviewer = "Ada" });

        Assert.Equal((403, "missing_scope"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task Experiments_answer_likewise()
    {
        Wire.Supabase.Replies(HttpStatusCode.OK, "[]");
        var live = await StartAsync(SupabaseLive);

        var reply = await live.GetAsync("/api/analytics/experiments");

        Assert.Equal(("mock", "empty_table"), (reply.Text("source"), reply.Warnings.Single().GetProperty("code").GetString()));
        Assert.NotEmpty(reply.Items);
    }

    private static string? Id(JsonElement idea) => idea.GetProperty("id").GetString();
}
