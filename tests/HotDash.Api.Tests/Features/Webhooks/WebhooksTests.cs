using System.Text.Json;
using HotDash.TestKit;
using Npgsql;

namespace HotDash.Api.Tests.Features.Webhooks;

public sealed class WebhooksTests(PostgresFixture postgres) : ApiTest(postgres)
{
    [Fact]
    public async Task Events_are_listed_newest_first_by_what_is_asked_and_page_by_page()
    {
        var api = await StartAsync(Signed.Settings);
        for (var i = 1; i <= 3; i++)
            await SendAsync(api, Signed.Shopify(Signed.Json($$"""{"id":{{i}}}"""), $"d-{i}"));
        await SendAsync(api, Signed.Chatwoot(Signed.Json("""{"event":"message_created","conversation":{"id":7}}""")));
        await SetAsync("update webhook_events set state = 'poison', last_error = '100% odd' where delivery_id = 'd-2'");

        var first = await api.GetAsync("/api/webhooks?source=shopify&limit=2");
        var rest = await api.GetAsync($"/api/webhooks?source=shopify&limit=2&cursor={first.Text("nextCursor")}");

        Assert.Equal(["d-3", "d-2"], Deliveries(first));
        Assert.Equal(["d-1"], Deliveries(rest));
        Assert.Null(rest.Text("nextCursor"));
        foreach (var (query, found) in new[]
        {
            ("topic=message_created", "d-1"), ("resource=conversation/7", "d-1"), ("state=poison", "d-2"), ("text=0%25%20O", "d-2"), ("text=orders/3", "d-3"),
            ("to=2000-01-01T00:00:00Z", ""), ("state=poison&from=2000-01-01T00:00:00Z", "d-2"), ("text=%25_", ""),
        })
            Assert.Equal(found, string.Join(' ', Deliveries(await api.GetAsync($"/api/webhooks?{query}"))));
        Assert.Equal(400, (await api.GetAsync("/api/webhooks?state=lost&cursor=x&to=now&limit=0")).Status);
    }

    [Fact]
    public async Task A_body_is_shown_to_operators_without_what_may_be_a_customers()
    {
        var api = await StartAsync(Signed.Settings);
        const string body = """
            {"event":"message_created","id":5,"content":"canary","message_type":"incoming","created_at":"2026-11-21T12:00:00Z","private":false,
             "status":"canary words","contact_id":"canary@example.com","phone_number":49123,"list":["canary"],"sender":{"id":9,"name":"canary","email":"canary@example.com"}}
            """;
        await SendAsync(api, Signed.Chatwoot(Signed.Json(body)));
        await SendAsync(api, Signed.Shopify([0xff], "d-1"));
        await SendAsync(api, Signed.Shopify(Signed.Json("""{"event":"\ud800"}"""), "d-2"));
        await SendAsync(api, Signed.Shopify(Signed.Json("{}"), "d-3"));
        await SetAsync("update webhook_events set body = '\\x00' where delivery_id = 'd-3'");
        var paths = (await api.GetAsync("/api/webhooks")).Json.GetProperty("events").EnumerateArray().Select(row => $"/api/webhooks/{row.GetProperty("id").GetString()}").ToList();

        var shown = await api.GetAsync(paths[3]);
        var unreadable = new[] { await api.GetAsync(paths[2]), await api.GetAsync(paths[1]) };
        var gone = await api.GetAsync(paths[0]);
        await api.UseKeyAsync("read", "ingest", "approve");
        var hidden = await api.GetAsync(paths[3]);

        Assert.Equal(
            """{"event":"message_created","id":5,"content":"(not shown)","message_type":"incoming","created_at":"2026-11-21T12:00:00Z","private":false,"status":"(not shown)","contact_id":"(not shown)","phone_number":"(not shown)","list":["(not shown)"],"sender":{"id":9,"name":"(not shown)","email":"(not shown)"}}""",
            shown.Json.GetProperty("body").GetRawText());
        Assert.True(shown.Message.Headers.CacheControl!.NoStore);
        Assert.All(unreadable, reply => Assert.Equal("It is no JSON.", reply.Text("bodyHidden")));
        Assert.Contains("cannot be opened", gone.Text("bodyHidden"), StringComparison.Ordinal);
        Assert.Contains("operate", hidden.Text("bodyHidden"), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, hidden.Json.GetProperty("body").ValueKind);
        Assert.DoesNotContain("canary", api.Logs.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_what_was_given_up_or_ignored_is_replayed()
    {
        var api = await StartAsync(Signed.Settings);
        var id = (await SendAsync(api, Signed.Shopify(Signed.Json("""{"id":1}""")))).Text("id");

        var statuses = new List<int>();
        foreach (var state in (string[])["pending", "done", "ignored", "poison"])
        {
            await SetAsync($"update webhook_events set state = '{state}', settled_at = now()");
            statuses.Add((await api.PostAsync($"/api/webhooks/{id}/replay", new { })).Status);
        }

        Assert.Equal([409, 409, 204, 204], statuses);
        Assert.Equal("pending", (await api.GetAsync($"/api/webhooks/{id}")).Json.GetProperty("event").GetProperty("state").GetString());
        Assert.Equal(404, (await api.PostAsync($"/api/webhooks/{Guid.NewGuid()}/replay", new { })).Status);
    }

    [Fact]
    public async Task The_inventory_says_what_came_last_of_each_topic_that_we_need()
    {
        var api = await StartAsync(Signed.Settings);
        await SendAsync(api, Signed.Chatwoot(Signed.Json("""{"event":"message_created","conversation":{"id":7}}""")));

        var reply = await api.GetAsync("/api/webhooks/inventory");

        var chatwoot = reply.Json.GetProperty("sources").EnumerateArray().Single(source => source.GetProperty("source").GetString() is "chatwoot");
        var message = chatwoot.GetProperty("topics").EnumerateArray().Single(topic => topic.GetProperty("topic").GetString() is "message_created");
        Assert.True(chatwoot.GetProperty("receives").GetBoolean());
        Assert.Equal((1, JsonValueKind.Null, JsonValueKind.String), (message.GetProperty("sample").GetInt32(), message.GetProperty("subscribed").ValueKind, message.GetProperty("lastDelivery").ValueKind));
    }

    private static IEnumerable<string?> Deliveries(Reply page) =>
        page.Json.GetProperty("events").EnumerateArray().Select(row => row.GetProperty("deliveryId").GetString());

    private static async Task<Reply> SendAsync(ApiUnderTest api, HttpRequestMessage request)
    {
        using (request)
            return await Reply.ReadAsync(await api.Http.SendAsync(request, Ct));
    }

    private async Task SetAsync(string sql)
    {
        await using var store = NpgsqlDataSource.Create(ConnectionString);
        await using var command = store.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }
}
