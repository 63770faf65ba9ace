using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Tests.Chatwoot;

public sealed class ChatwootTests(SharedSandbox shared) : IClassFixture<SharedSandbox>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("api_access_token", SandboxUnderTest.Key, 200, null)]
    [InlineData("api_access_token", "other", 401, """{"error":"Invalid Access Token"}""")]
    [InlineData("Authorization", $"Bearer {SandboxUnderTest.Key}", 401, """{"errors":["You need to sign in or sign up before continuing."]}""")]
    [InlineData("X-Nothing", "at all", 401, """{"errors":["You need to sign in or sign up before continuing."]}""")]
    public async Task Only_the_token_in_chatwoots_own_header_comes_in(string header, string value, int status, string? body)
    {
        var sandbox = await shared.FreshAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/chatwoot/api/v1/profile");
        request.Headers.TryAddWithoutValidation(header, value);

        var reply = await sandbox.Http.SendAsync(request, Cancellation);

        Assert.Equal(status, (int)reply.StatusCode);
        if (body is not null)
            Assert.Equal(body, await reply.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task A_proxy_that_drops_underscores_keeps_everybody_out()
    {
        var sandbox = await shared.FreshAsync();
        await sandbox.SettingsAsync(new { chatwoot = new { dropsUnderscores = true } });

        Assert.Equal(HttpStatusCode.Unauthorized, (await sandbox.Chatwoot.GetAsync("conversations", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Another_account_is_refused_and_another_conversation_is_not_found()
    {
        var sandbox = await shared.FreshAsync();

        var account = await sandbox.Chatwoot.GetAsync("../2/conversations", Cancellation);
        var conversation = await sandbox.Chatwoot.GetAsync("conversations/999", Cancellation);

        Assert.Equal((HttpStatusCode.Unauthorized, "You are not authorized to access this account"), (account.StatusCode, (await account.JsonAsync()).Text("error")));
        Assert.Equal((HttpStatusCode.NotFound, "Resource could not be found"), (conversation.StatusCode, (await conversation.JsonAsync()).Text("error")));
        Assert.Equal([401, 404], (await sandbox.ViolationsAsync()).Select(violation => violation["status"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Beyond_the_limit_calls_are_answered_with_text_until_the_window_ends()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync(("Integrations:Limits:chatwoot", "2/30s"));

        await sandbox.Chatwoot.GetAsync("agents", Cancellation);
        await sandbox.Chatwoot.GetAsync("agents", Cancellation);
        var third = await sandbox.Chatwoot.GetAsync("agents", Cancellation);
        sandbox.Clock.Advance(TimeSpan.FromSeconds(30));
        var later = await sandbox.Chatwoot.GetAsync("agents", Cancellation);

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (third.StatusCode, later.StatusCode));
        Assert.Equal("Retry later\n", await third.Content.ReadAsStringAsync(Cancellation));
        Assert.Null(third.Headers.RetryAfter);
    }

    [Fact]
    public async Task Pages_have_25_conversations_the_latest_activity_first()
    {
        var sandbox = await shared.FreshAsync();

        var first = await ListAsync(sandbox, "status=all");
        var second = await ListAsync(sandbox, "status=all&page=2");

        var times = first.Concat(second).Select(row => row!["last_activity_at"]!.GetValue<long>()).ToList();
        Assert.Equal((25, 7), (first.Count, second.Count));
        Assert.Equal(times.OrderDescending(), times);
    }

    [Theory]
    [InlineData("", "open")]
    [InlineData("status=snoozed", "snoozed")]
    [InlineData("status=pending&assignee_type=unassigned", "pending")]
    public async Task Conversations_are_filtered_and_those_that_are_open_are_meant_unless_said(string query, string status)
    {
        var sandbox = await shared.FreshAsync();

        var rows = await ListAsync(sandbox, query);

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal(status, row.Text("status")));
    }

    [Fact]
    public async Task A_message_is_answered_with_200_and_a_number_for_its_type()
    {
        var sandbox = await shared.FreshAsync();

        var reply = await PostAsync(sandbox, "conversations/3/messages", """{"content":"A note","private":true,"content_attributes":{"k":"v"}}""");

        var message = await reply.JsonAsync();
        Assert.Equal((HttpStatusCode.OK, 1, true, "v"), (reply.StatusCode, message["message_type"]!.GetValue<int>(), message["private"]!.GetValue<bool>(), message.Text("content_attributes", "k")));
        var effect = Assert.Single(await sandbox.LedgerAsync("chatwoot", "note.created"));
        Assert.Equal(("A note", "3", "v"), (effect.Text("details", "text"), effect.Text("details", "conversationId"), effect.Text("details", "attributes", "k")));
        Assert.Equal("A note", (await sandbox.Chatwoot.GetFromJsonAsync<JsonNode>("conversations/3/messages", Cancellation))!.Text("payload", 1, "content"));
    }

    [Fact]
    public async Task A_message_is_missing_from_the_list_until_the_lag_is_over()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync(("Sandbox:Chatwoot:Lag", "5s"));

        await PostAsync(sandbox, "conversations/3/messages", """{"content":"Late"}""");
        var before = await MessagesAsync(sandbox, 3);
        sandbox.Clock.Advance(TimeSpan.FromSeconds(5));
        var after = await MessagesAsync(sandbox, 3);

        Assert.Equal((1, 2), (before.Count, after.Count));
        Assert.Single(await sandbox.LedgerAsync("chatwoot", "reply.sent"));
    }

    [Fact]
    public async Task Messages_are_read_backwards_twenty_at_a_time_and_forwards_a_hundred()
    {
        await using var sandbox = await SandboxUnderTest.StartAsync(("Integrations:Limits:chatwoot", "1000/1s"));
        for (var number = 1; number <= 45; number++)
            await PostAsync(sandbox, "conversations/3/messages", $$"""{"content":"{{number}}"}""");

        var newest = await MessagesAsync(sandbox, 3);
        var older = await MessagesAsync(sandbox, 3, $"?before={newest[0].Text("id")}");
        var forwards = await MessagesAsync(sandbox, 3, $"?after={older[0].Text("id")}");

        Assert.Equal(("26", "45"), (newest[0].Text("content"), newest[^1].Text("content")));
        Assert.Equal(("6", "25"), (older[0].Text("content"), older[^1].Text("content")));
        Assert.Equal((39, "7"), (forwards.Count, forwards[0].Text("content")));
    }

    [Theory]
    [InlineData("conversations/3/messages", "{}", 422, "Content can't be blank")]
    [InlineData("conversations/3/messages", """{"content":"x","message_type":"loud"}""", 422, "'loud' is not a valid message_type")]
    [InlineData("conversations/3/messages", "[", 400, "Bad Request")]
    [InlineData("conversations/999/messages", """{"content":"x"}""", 404, "Resource could not be found")]
    [InlineData("conversations/3/labels", """{"labels":"vip"}""", 422, "labels is not a list of texts")]
    [InlineData("conversations/3/toggle_status", """{"status":"gone"}""", 422, "'gone' is not a valid status")]
    [InlineData("webhooks", """{"url":"nowhere","subscriptions":["message_created"]}""", 422, "Url is invalid")]
    [InlineData("webhooks", """{"url":"https://hotdash.example","subscriptions":["everything"]}""", 422, "Subscriptions Invalid events")]
    public async Task Whatever_chatwoot_refuses_is_refused_in_its_words_and_changes_nothing(string path, string body, int status, string why)
    {
        var sandbox = await shared.FreshAsync();

        var reply = await PostAsync(sandbox, path, body);

        var error = await reply.JsonAsync();
        Assert.Equal((status, why), ((int)reply.StatusCode, error.Text("error") ?? error.Text("message")));
        Assert.Empty(await sandbox.LedgerAsync("chatwoot"));
        Assert.Single(await sandbox.ViolationsAsync());
    }

    [Fact]
    public async Task Only_an_api_inbox_takes_messages_of_customers()
    {
        var sandbox = await shared.FreshAsync();
        var rows = await ListAsync(sandbox, "status=all");
        var (api, other) = (Id("Channel::Api"), Id("Channel::Email"));

        var taken = await PostAsync(sandbox, $"conversations/{api}/messages", """{"content":"Hello?","message_type":"incoming"}""");
        var refused = await PostAsync(sandbox, $"conversations/{other}/messages", """{"content":"Hello?","message_type":"incoming"}""");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity), (taken.StatusCode, refused.StatusCode));
        Assert.Equal("Incoming messages are only allowed in Api inboxes", (await refused.JsonAsync()).Text("error"));

        string? Id(string channel) => rows.First(row => row.Text("meta", "channel") == channel).Text("id");
    }

    [Fact]
    public async Task Labels_are_replaced_and_an_address_has_one_webhook()
    {
        var sandbox = await shared.FreshAsync();
        const string webhook = """{"url":"https://hotdash.example/hooks","subscriptions":["message_created"]}""";

        await PostAsync(sandbox, "conversations/3/labels", """{"labels":["a","b"]}""");
        var labels = await PostAsync(sandbox, "conversations/3/labels", """{"labels":["c"]}""");
        var first = await PostAsync(sandbox, "webhooks", webhook);
        var second = await PostAsync(sandbox, "webhooks", webhook);

        Assert.Equal("""{"payload":["c"]}""", await labels.Content.ReadAsStringAsync(Cancellation));
        Assert.NotNull((await first.JsonAsync()).Text("payload", "webhook", "secret"));
        Assert.Equal("Url has already been taken", (await second.JsonAsync()).Text("message"));
    }

    [Fact]
    public async Task The_server_says_that_it_fails_with_200()
    {
        var sandbox = await shared.FreshAsync();
        await sandbox.SettingsAsync(new { chatwoot = new { failing = "queue" } });

        var alive = await sandbox.Http.GetFromJsonAsync<JsonNode>("/chatwoot/health", Cancellation);
        var server = await sandbox.Http.GetFromJsonAsync<JsonNode>("/chatwoot/api", Cancellation);

        Assert.Equal(("woot", "failing", "ok"), (alive!.Text("status"), server!.Text("queue_services"), server!.Text("data_services")));
    }

    private static async Task<List<JsonNode>> ListAsync(SandboxUnderTest sandbox, string query) =>
        [.. (await sandbox.Chatwoot.GetFromJsonAsync<JsonNode>($"conversations?{query}", Cancellation))!["data"]!["payload"]!.AsArray().Select(row => row!)];

    private static async Task<List<JsonNode>> MessagesAsync(SandboxUnderTest sandbox, int id, string query = "") =>
        [.. (await sandbox.Chatwoot.GetFromJsonAsync<JsonNode>($"conversations/{id}/messages{query}", Cancellation))!["payload"]!.AsArray().Select(row => row!)];

    private static Task<HttpResponseMessage> PostAsync(SandboxUnderTest sandbox, string path, string body) =>
        sandbox.Chatwoot.PostAsync(path, new StringContent(body, System.Text.Encoding.UTF8, "application/json"), Cancellation);
}
