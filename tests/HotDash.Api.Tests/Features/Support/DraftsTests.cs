using System.Net;
using HotDash.ControlPlane.Keys;
using HotDash.TestKit;

namespace HotDash.Api.Tests.Features.Support;

public sealed class DraftsTests(PostgresFixture postgres) : ApiTest(postgres)
{
    private const string Path = "/api/support/conversations/42/drafts";

    private const string Messages =
        """
        {"meta":{},"payload":[{"id":7,"message_type":0,"created_at":1772366400,"private":false,"content":"Where is it?","content_attributes":{}},
        {"id":8,"message_type":1,"created_at":1772366500,"private":true,"content":"A note","content_attributes":{}}]}
        """;

    [Theory]
    [InlineData(0.9, null, 1, false)]
    [InlineData(0.5, "7", 2, false)]
    [InlineData(0.1, "3", 3, true)] // the customer has written again since
    public async Task A_draft_waits_for_an_approval_of_what_the_customer_has_written_by_now(double confidence, string? inReplyTo, int risk, bool stale)
    {
        for (var calls = 0; calls < 9; calls++)
            Wire.Chatwoot.Replies(HttpStatusCode.OK, Messages); // more than enough: on a slow machine a call is tried again
        var api = await StartAsync(ChatwootLive);

        var first = await api.PostAsync(Path, new { content = "On its way", confidence, inReplyTo, sources = new[] { "https://shop.example/shipping" } });
        var again = await api.PostAsync(Path, new { content = "On its way", confidence, inReplyTo, sources = new[] { "https://shop.example/shipping" } });
        var other = await api.PostAsync(Path, new { content = "On its way!", confidence, inReplyTo });

        var approval = first.Json.GetProperty("approval");
        Assert.Equal((201, 200, 201), (first.Status, again.Status, other.Status));
        Assert.Equal(
            ("support.reply", "pending", "42", "7", risk, stale, inReplyTo ?? "7"),
            (approval.GetProperty("kind").GetString(), approval.GetProperty("state").GetString(), approval.GetProperty("target").GetString(), approval.GetProperty("targetVersion").GetString(),
             approval.GetProperty("risk").GetInt32(), approval.GetProperty("stale").GetBoolean(), first.Text("answers")));
        Assert.Equal(approval.GetProperty("id").GetString(), again.Json.GetProperty("approval").GetProperty("id").GetString());
        Assert.Equal((2L, 2L), (await CountAsync("approvals"), await CountAsync("jobs where kind = 'support.write-note'")));
        Assert.All(Wire.Chatwoot.Requests, request => Assert.Equal("GET", request.Method)); // the note is the pollers' to write
    }

    [Fact]
    public async Task Whoever_decides_reads_the_message_that_was_answered_and_those_that_came_since()
    {
        const string early = """{"payload":[{"id":2,"message_type":0,"created_at":1772360000,"private":false,"content":"Hi"},{"id":3,"message_type":0,"created_at":1772366000,"private":false,"content":"Hello"}]}""";
        const string later = """{"payload":[{"id":3,"message_type":0,"created_at":1772366000,"private":false,"content":"Hello"},{"id":5,"message_type":1,"created_at":1772366200,"private":false,"content":"One moment"},{"id":7,"message_type":0,"created_at":1772366400,"private":false,"content":"Where is it?"}]}""";
        Wire.Chatwoot.Replies(HttpStatusCode.OK, later).Replies(HttpStatusCode.ServiceUnavailable).Replies(HttpStatusCode.OK, early).Replies(HttpStatusCode.OK, later);
        var api = await StartAsync([.. ChatwootLive, ("Integrations:chatwoot:Retry:MaxAttempts", "1")]);
        var posted = await api.PostAsync(Path, new { content = "On its way", confidence = 1, inReplyTo = "3", sources = new[] { "the order" } });
        var path = $"/api/approvals/{posted.Json.GetProperty("approval").GetProperty("id").GetString()}";

        var away = (await api.GetAsync(path)).Json.GetProperty("draft");
        var lacking = (await api.GetAsync(path)).Json.GetProperty("draft");
        var first = (await api.GetAsync(path)).Json.GetProperty("draft");
        var again = (await api.GetAsync(path)).Json.GetProperty("draft");
        await api.UseKeyAsync(ApiKeyScopes.Read);
        var reader = await api.GetAsync(path);

        Assert.Equal(("3", System.Text.Json.JsonValueKind.Null), (away.GetProperty("answers").GetString(), away.GetProperty("answered").ValueKind));
        Assert.Equal(
            """{"answers":"3","confidence":1,"sources":["the order"],"note":"waiting","answered":{"id":"3","at":"2026-03-01T11:53:20Z","text":"Hello"},"newer":[{"id":"7","at":"2026-03-01T12:00:00Z","text":"Where is it?"}]}""",
            first.GetRawText());
        Assert.Equal(("3", 0), (lacking.GetProperty("answered").GetProperty("id").GetString(), lacking.GetProperty("newer").GetArrayLength()));
        Assert.Equal(first.GetRawText(), again.GetRawText()); // and Chatwoot is not asked for what is known
        Assert.Equal((System.Text.Json.JsonValueKind.Null, 4), (reader.Json.GetProperty("draft").ValueKind, Wire.Chatwoot.Requests.Count));
    }

    [Fact]
    public async Task A_conversation_that_cannot_be_read_takes_no_draft()
    {
        Wire.Chatwoot.Replies(HttpStatusCode.NotFound).Replies(HttpStatusCode.Forbidden);
        var api = await StartAsync(ChatwootLive);

        var missing = await api.PostAsync(Path, new { content = "On its way", confidence = 1 });
        var refused = await api.PostAsync(Path, new { content = "On its way", confidence = 1 });
        await api.UseKeyAsync(ApiKeyScopes.Read, ApiKeyScopes.Approve);
        var another = await api.PostAsync(Path, new { content = "On its way", confidence = 1 });

        Assert.Equal((404, "not_found", 502, "unauthorized", 403), (missing.Status, missing.Code, refused.Status, refused.Code, another.Status));
        Assert.Equal(0, await CountAsync("approvals"));
    }

    [Fact]
    public async Task Bad_input_is_said_field_by_field()
    {
        var api = await StartAsync(ChatwootLive);

        var bad = await api.PostAsync("/api/support/conversations/x/drafts", new { content = " ", confidence = 2, inReplyTo = "07", sources = new[] { "fine", "" } });

        Assert.All(["id", "content", "confidence", "inReplyTo", "sources[1]"], field => Assert.NotEmpty(bad.Error(field)));
        Assert.Empty(Wire.Chatwoot.Requests);
    }
}
