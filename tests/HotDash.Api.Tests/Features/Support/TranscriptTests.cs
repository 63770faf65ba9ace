using System.Net;
using HotDash.ControlPlane.Keys;
using HotDash.TestKit;

namespace HotDash.Api.Tests.Features.Support;

public sealed class TranscriptTests(PostgresFixture postgres) : ApiTest(postgres)
{
    private const string Path = "/api/support/conversations/42/transcript";

    private const string Newest =
        """
        {"payload":[{"id":7,"message_type":0,"created_at":1772366400,"private":false,"content":"Call 030 1234567\nor mira@example.com","sender":{"name":"mira@example.com"}},
        {"id":8,"message_type":1,"created_at":1772366460,"private":true,"content":"between us"},
        {"id":9,"message_type":1,"created_at":1772366520,"private":false,"content":"Order #1001 is on its way","sender":{"name":"Ada\n# L."}}]}
        """;

    private const string Oldest = """{"payload":[{"id":3,"message_type":0,"created_at":1772360000,"private":false,"content":"Hello"},{"id":4,"message_type":2,"created_at":1772360000,"private":false,"content":"Assigned"}]}""";

    private const string End = """{"payload":[]}""";

    [Fact]
    public async Task It_has_all_that_was_said_to_and_by_the_customer_but_for_what_is_redacted()
    {
        Wire.Chatwoot.Replies(HttpStatusCode.OK, Newest).Replies(HttpStatusCode.OK, Oldest).Replies(HttpStatusCode.OK, End);
        var api = await StartAsync(ChatwootLive);

        var reply = await api.GetAsync(Path);

        Assert.Equal((200, "chatwoot", true), (reply.Status, reply.Text("source"), reply.Message.Headers.CacheControl!.NoStore));
        Assert.Equal(
            ["customer: Hello", "customer[e-mail]: Call [phone]\nor [e-mail]", "shopAda\n# L.: Order #1001 is on its way"],
            reply.Json.GetProperty("data").GetProperty("lines").EnumerateArray().Select(line => $"{line.GetProperty("from").GetString()}{line.GetProperty("name").GetString()}: {line.GetProperty("text").GetString()}"));
        Assert.Equal(["", "?before=7", "?before=3"], Wire.Chatwoot.Requests.Select(request => request.Address.Query));
    }

    [Fact]
    public async Task As_Markdown_every_line_of_a_message_is_a_quotation()
    {
        Wire.Chatwoot.Replies(HttpStatusCode.OK, Newest).Replies(HttpStatusCode.OK, End);
        var api = await StartAsync(ChatwootLive);

        using var reply = await api.Http.GetAsync($"{Path}?format=md", Ct);
        var text = await reply.Content.ReadAsStringAsync(Ct);

        Assert.Equal("text/markdown; charset=utf-8", reply.Content.Headers.ContentType!.ToString());
        Assert.StartsWith("# Conversation 42\n\nAs of ", text, StringComparison.Ordinal);
        Assert.EndsWith(
            "\n\n**[e-mail]** (customer), 2026-03-01 12:00:00Z:\n\n> Call [phone]\n> or [e-mail]\n\n**Ada # L.** (shop), 2026-03-01 12:02:00Z:\n\n> Order #1001 is on its way\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_refused_to_those_who_only_read_and_what_is_wrong_is_named()
    {
        for (var calls = 0; calls < 6; calls++)
            Wire.Chatwoot.Replies(request => new HttpResponseMessage(request.RequestUri!.AbsolutePath.Contains("/41/", StringComparison.Ordinal) ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden));
        var api = await StartAsync(ChatwootLive);

        var missing = await api.GetAsync("/api/support/conversations/41/transcript");
        var refused = await api.GetAsync(Path); // and nothing is kept
        var bad = await api.GetAsync("/api/support/conversations/x/transcript?format=pdf");
        await api.UseKeyAsync(ApiKeyScopes.Read);
        var reader = await api.GetAsync(Path);

        Assert.Equal((404, 502, 403), (missing.Status, refused.Status, reader.Status));
        Assert.All(["id", "format"], field => Assert.NotEmpty(bad.Error(field)));
    }
}
