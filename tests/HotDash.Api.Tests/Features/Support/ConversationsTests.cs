using System.Net;
using HotDash.ControlPlane.Keys;
using HotDash.TestKit;

namespace HotDash.Api.Tests.Features.Support;

public sealed class ConversationsTests(PostgresFixture postgres, SharedApi shared) : ApiTest(postgres, shared), IClassFixture<SharedApi>
{
    private const string Path = "/api/support/conversations";

    [Fact]
    public async Task A_live_answer_names_its_source_and_shows_who_waits()
    {
        Wire.Chatwoot.Replies(HttpStatusCode.OK, Page(all: 1, 42));
        var api = await StartAsync(ChatwootLive);

        var reply = await api.GetAsync($"{Path}?status=open&assignee=unassigned&inbox=3&label=vip&q=parcel");

        Assert.Equal((200, "chatwoot"), (reply.Status, reply.Text("source")));
        var conversation = Assert.Single(reply.Items);
        Assert.Equal(("42", "open", "Mira"), (conversation.GetProperty("id").GetString(), conversation.GetProperty("status").GetString(), conversation.GetProperty("customer").GetString()));
        Assert.Equal("2026-03-01T12:00:00Z", conversation.GetProperty("waitingSince").GetString());
        Assert.Equal(
            "/api/v1/accounts/1/conversations?status=open&assignee_type=unassigned&page=1&inbox_id=3&labels[]=vip&q=parcel",
            Assert.Single(Wire.Chatwoot.Requests).Address.PathAndQuery);
    }

    [Fact]
    public async Task Pages_follow_each_other_until_all_were_seen()
    {
        Wire.Chatwoot.Replies(HttpStatusCode.OK, Page(all: 3, 1, 2)).Replies(HttpStatusCode.OK, Page(all: 3, 3));
        var api = await StartAsync(ChatwootLive);

        var first = await api.GetAsync(Path);
        var second = await api.GetAsync($"{Path}?cursor={first.NextCursor}");

        Assert.Null(second.NextCursor);
        Assert.Equal(["1", "2", "3"], first.Items.Concat(second.Items).Select(item => item.GetProperty("id").GetString()));
        Assert.EndsWith("&page=2", Wire.Chatwoot.Requests[1].Address.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_is_answered_from_the_last_good_answer_which_leads_nowhere()
    {
        Wire.Chatwoot.Replies(HttpStatusCode.OK, Page(all: 3, 1, 2)).Replies(HttpStatusCode.Forbidden);
        var api = await StartAsync(ChatwootLive);
        await api.GetAsync(Path);

        var reply = await api.GetAsync(Path);

        Assert.Equal(("snapshot", "unauthorized"), (reply.Text("source"), Assert.Single(reply.Warnings).GetProperty("code").GetString()));
        Assert.Equal(2, reply.Items.Count);
        Assert.Null(reply.NextCursor);
    }

    [Fact]
    public async Task Missing_credentials_answer_examples_and_name_the_variables()
    {
        var api = await StartAsync(("CHATWOOT_BASE_URL", "https://chatwoot.example"));

        var reply = await api.GetAsync(Path);

        var warning = Assert.Single(reply.Warnings);
        Assert.Equal(("mock", "credentials_missing"), (reply.Text("source"), warning.GetProperty("code").GetString()));
        Assert.Contains("CHATWOOT_API_KEY and CHATWOOT_ACCOUNT_ID", warning.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.All(reply.Items, item => Assert.StartsWith("mock-", item.GetProperty("id").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_rolled_back_is_a_503()
    {
        var api = await StartAsync([.. ChatwootLive, ("Integrations:chatwoot:RolledBack", "true")]);

        var reply = await api.GetAsync(Path);

        Assert.Equal((503, "integration_disabled"), (reply.Status, reply.Code));
    }

    [Fact]
    public async Task A_cursor_of_another_source_is_a_409()
    {
        Wire.Chatwoot.Replies(HttpStatusCode.OK, Page(all: 3, 1, 2));
        var live = await StartAsync(ChatwootLive);
        var cursor = (await live.GetAsync(Path)).NextCursor;
        var mock = await StartAsync();

        var reply = await mock.GetAsync($"{Path}?cursor={cursor}");

        Assert.Equal((409, "cursor_source_changed"), (reply.Status, reply.Code));
    }

    [Theory]
    [InlineData("status=closed", "status", "snoozed")]
    [InlineData("assignee=ada", "assignee", "unassigned")]
    [InlineData("inbox=mail", "inbox", "number")]
    [InlineData("inbox=0", "inbox", "number")]
    [InlineData("cursor=!", "cursor", "first page")]
    [InlineData("q=%00", "q", "U+0000")]
    [InlineData("limit=5", "limit", "cursor")]
    public async Task A_bad_filter_is_named_with_what_is_allowed(string query, string field, string allowed)
    {
        var api = await SharedAsync();

        var reply = await api.GetAsync($"{Path}?{query}");

        Assert.Equal((400, "invalid_request"), (reply.Status, reply.Code));
        Assert.Contains(allowed, reply.Error(field), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_may_not_read_is_refused_and_nothing_here_sends_anything()
    {
        var api = await StartAsync(ChatwootLive);

        var posted = await api.PostAsync(Path, new { content = "Hello" });
        await api.UseKeyAsync(ApiKeyScopes.Ingest);
        var read = await api.GetAsync(Path);

        Assert.Equal((405, 403), (posted.Status, read.Status));
        Assert.Empty(Wire.Chatwoot.Requests);
    }

    [Fact]
    public async Task No_word_of_a_customer_is_in_the_log()
    {
        Wire.Chatwoot.Replies(HttpStatusCode.OK, Page(all: 1, 42)).Replies(HttpStatusCode.InternalServerError, "Where is it?");
        var api = await StartAsync([.. ChatwootLive, ("Integrations:chatwoot:Retry:MaxAttempts", "1")]);

        await api.GetAsync(Path);
        await api.GetAsync(Path);

        Assert.DoesNotContain("Mira", api.Logs.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Where is it?", api.Logs.Text, StringComparison.Ordinal);
    }

    private static string Page(int all, params int[] ids)
    {
        var rows = ids.Select(id =>
            $$$"""{"id":{{{id}}},"status":"open","inbox_id":3,"labels":["vip"],"created_at":1772366400,"last_activity_at":1772366400,"waiting_since":1772366400,"meta":{"sender":{"name":"Mira"},"channel":"Channel::Email"},"last_non_activity_message":{"content":"Where is it?"}}""");
        return $$$"""{"data":{"meta":{"all_count":{{{all}}},"unassigned_count":1},"payload":[{{{string.Join(',', rows)}}}]}}""";
    }
}
