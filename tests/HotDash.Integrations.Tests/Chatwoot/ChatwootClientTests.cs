using System.Net;

using HotDash.Integrations.Chatwoot;
using HotDash.TestKit;

using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Integrations.Tests.Chatwoot;

public sealed class ChatwootClientTests
{
    private const string Conversation =
        """{"id":42,"status":"open","inbox_id":3,"labels":["vip"],"priority":"urgent","unread_count":2,"created_at":1772366400,"last_activity_at":1772370000.5,"waiting_since":1772369000,"meta":{"sender":{"id":9,"name":"Mira"},"channel":"Channel::Email","assignee":{"id":1,"name":"Ada"}},"last_non_activity_message":{"id":5,"content":"Where is it?"}}""";

    private static readonly Guid Mark = Guid.CreateVersion7(FixedClock.Now);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_call_carries_the_token_in_chatwoots_own_header()
    {
        var provider = new StubProvider().AlwaysReplies(HttpStatusCode.OK, """{"id":1,"name":"Ada","accounts":[{"id":7,"role":"administrator"}]}""");
        await using var wired = new Wired(provider);

        var profile = await wired.Get<ChatwootClient>().GetProfileAsync(Cancellation);

        var request = Assert.Single(provider.Requests);
        Assert.Equal(("/base/api/v1/profile", ChatwootContractTests.ApiKey), (request.Address.PathAndQuery, request.Headers["api_access_token"]));
        Assert.False(request.Headers.ContainsKey("Authorization"));
        Assert.Equal((1, "administrator"), (profile.Id, profile.Roles[7]));
    }

    [Fact]
    public async Task A_page_of_conversations_is_read_with_its_totals()
    {
        var provider = Replies($$$"""{"data":{"meta":{"mine_count":1,"assigned_count":3,"unassigned_count":4,"all_count":7},"payload":[{{{Conversation}}}]}}""");
        await using var wired = new Wired(provider);

        var page = await wired.Get<ChatwootClient>().ListConversationsAsync(new(), 2, Cancellation);

        var conversation = Assert.Single(page.Items);
        Assert.Equal(
            new("42", ConversationStatus.Open, 3, "Channel::Email", "Mira", "Ada", conversation.Labels, "urgent", 2, "Where is it?",
                FixedClock.Now, FixedClock.Now.AddSeconds(3600.5), FixedClock.Now.AddSeconds(2600)), conversation);
        Assert.Equal(["vip"], conversation.Labels);
        Assert.Equal(new(7, 1, 3, 4), page.Totals);
        Assert.Equal("/base/api/v1/accounts/7/conversations?status=all&assignee_type=all&page=2", Assert.Single(provider.Requests).Address.PathAndQuery);
    }

    [Fact]
    public async Task Whatever_a_person_filters_by_stays_text()
    {
        var provider = Replies("""{"data":{"meta":{"all_count":0},"payload":[]}}""");
        await using var wired = new Wired(provider);

        await wired.Get<ChatwootClient>().ListConversationsAsync(
            new(ConversationStatus.Snoozed, AssigneeType.Unassigned, 5, "a&b", "50% #1"), 1, Cancellation);

        Assert.Equal(
            "/base/api/v1/accounts/7/conversations?status=snoozed&assignee_type=unassigned&page=1&inbox_id=5&labels[]=a%26b&q=50%25%20%231",
            Assert.Single(provider.Requests).Address.PathAndQuery);
    }

    [Theory]
    [InlineData("\"waiting_since\":1772369000", "\"waiting_since\":0")]
    [InlineData("\"waiting_since\":1772369000", "\"waiting_since\":null")]
    [InlineData("\"assignee\":{\"id\":1,\"name\":\"Ada\"}", "\"team\":null")]
    [InlineData("\"last_non_activity_message\":{\"id\":5,\"content\":\"Where is it?\"}", "\"last_non_activity_message\":null")]
    public async Task What_a_conversation_does_not_have_is_null(string given, string instead)
    {
        await using var wired = new Wired(Replies(Conversation.Replace(given, instead, StringComparison.Ordinal)));

        var conversation = await wired.Get<ChatwootClient>().GetConversationAsync("42", Cancellation);

        Assert.Single(new object?[] { conversation.WaitingSince, conversation.Assignee, conversation.LastMessage }, part => part is null);
    }

    [Theory]
    [InlineData("\"status\":\"open\"", "\"status\":\"lost\"")]
    [InlineData("\"created_at\":1772366400", "\"created_at\":1e300")]
    [InlineData("\"created_at\":1772366400", "\"created_at\":-1")]
    [InlineData("\"id\":42", "\"id\":\"42\"")]
    public async Task A_conversation_that_is_not_as_agreed_is_unexpected(string agreed, string found)
    {
        await using var wired = new Wired(Replies(Conversation.Replace(agreed, found, StringComparison.Ordinal)));

        var failure = await Assert.ThrowsAsync<IntegrationException>(() => wired.Get<ChatwootClient>().GetConversationAsync("42", Cancellation));

        Assert.Equal(IntegrationCodes.UnexpectedReply, failure.Code);
    }

    [Fact]
    public async Task A_note_goes_out_with_its_mark()
    {
        var provider = Replies(Row(81, Mark));
        await using var wired = new Wired(provider);

        var message = await wired.Get<ChatwootClient>().WriteAsync(new("42", "On its way", Private: true, Mark), Cancellation);

        var request = Assert.Single(provider.Requests);
        Assert.Equal(("POST", "/base/api/v1/accounts/7/conversations/42/messages"), (request.Method, request.Address.PathAndQuery));
        Assert.Equal(
            $$$"""{"content":"On its way","message_type":"outgoing","private":true,"content_attributes":{"hotdash_mark":"{{{Mark}}}"}}""",
            request.Body);
        Assert.Equal(("81", $"{Mark}"), (message.Id, message.Mark));
    }

    [Fact]
    public async Task A_reply_to_the_customer_goes_out_as_it_was_approved_and_not_otherwise()
    {
        var provider = Replies(Row(81, Mark));
        await using var wired = new Wired(provider);
        var reply = wired.Services.GetServices<IGuardedOperation>().Single(operation => operation.Kind is GuardedKinds.SupportReply);
        var bytes = reply.Compose(Mark, 1, "Ünterwegs");
        var action = new ApprovedAction(new(Mark, reply.Kind, "7", "42", null), bytes);

        await Assert.ThrowsAsync<InvalidOperationException>(() => wired.Get<ChatwootClient>().WriteAsync(new("42", "Hello", Private: false, Mark), Cancellation));
        var sent = await reply.SendAsync(action, Cancellation);
        await Assert.ThrowsAsync<InvalidOperationException>(() => reply.SendAsync(action, Cancellation));

        var request = Assert.Single(provider.Requests);
        Assert.Equal(("POST", "/base/api/v1/accounts/7/conversations/42/messages", "7", "81"), (request.Method, request.Address.PathAndQuery, reply.Account, sent.Id));
        Assert.Equal((System.Text.Encoding.UTF8.GetString(bytes), "Ünterwegs"), (request.Body, reply.ContentOf(bytes)));
        Assert.Contains($"{Mark}", request.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"hotdash_mark":7}""")]
    [InlineData("""{"in_reply_to":3}""")]
    public async Task Attributes_of_others_are_no_mark(string attributes)
    {
        await using var wired = new Wired(Replies(Page(Row(81).Replace("{}", attributes, StringComparison.Ordinal))));

        var message = Assert.Single(await wired.Get<ChatwootClient>().ListMessagesAsync("42", null, Cancellation));

        Assert.Null(message.Mark);
    }

    [Fact]
    public async Task A_message_of_another_kind_is_unexpected()
    {
        await using var wired = new Wired(Replies(Page(Row(81).Replace("\"message_type\":1", "\"message_type\":9", StringComparison.Ordinal))));

        var failure = await Assert.ThrowsAsync<IntegrationException>(() => wired.Get<ChatwootClient>().ListMessagesAsync("42", null, Cancellation));

        Assert.Equal(IntegrationCodes.UnexpectedReply, failure.Code);
    }

    [Fact]
    public async Task Labels_assignments_and_status_may_be_repeated()
    {
        var provider = new StubProvider()
            .Replies(HttpStatusCode.ServiceUnavailable, "", ("Retry-After", "0")).Replies(HttpStatusCode.OK, """{"payload":["vip"]}""")
            .Replies(HttpStatusCode.ServiceUnavailable, "", ("Retry-After", "0")).Replies(HttpStatusCode.OK, "null")
            .Replies(HttpStatusCode.ServiceUnavailable, "", ("Retry-After", "0")).Replies(HttpStatusCode.OK, """{"meta":{},"payload":{"success":true,"current_status":"snoozed","conversation_id":42}}""");
        await using var wired = new Wired(provider, Attempts.Several);
        var chatwoot = wired.Get<ChatwootClient>();

        var labels = await chatwoot.SetLabelsAsync("42", ["vip"], Cancellation);
        await chatwoot.AssignAsync("42", null, Cancellation);
        var status = await chatwoot.SetStatusAsync("42", ConversationStatus.Snoozed, FixedClock.Now, Cancellation);

        Assert.Equal(["vip"], labels);
        Assert.Equal(ConversationStatus.Snoozed, status);
        Assert.Equal(
            ["""{"labels":["vip"]}""", """{"assignee_id":0}""", """{"status":"snoozed","snoozed_until":1772366400}"""],
            provider.Requests.Select(request => request.Body).Distinct(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""[{"id":4,"url":"https://hotdash.example/webhooks/chatwoot","subscriptions":["message_created"]}]""")]
    [InlineData("""{"payload":{"webhooks":[{"id":4,"url":"https://hotdash.example/webhooks/chatwoot","subscriptions":["message_created"],"secret":null}]}}""")]
    public async Task Webhooks_are_read_as_described_and_as_servers_answer(string reply)
    {
        await using var wired = new Wired(Replies(reply));

        var webhook = Assert.Single(await wired.Get<ChatwootClient>().ListWebhooksAsync(Cancellation));

        Assert.Equal((4, "https://hotdash.example/webhooks/chatwoot", null), (webhook.Id, webhook.Url, webhook.Secret));
        Assert.Equal(["message_created"], webhook.Events);
    }

    [Theory]
    [InlineData("""{"id":4,"url":"https://hotdash.example/","subscriptions":[],"secret":"s"}""")]
    [InlineData("""{"payload":{"webhook":{"id":4,"url":"https://hotdash.example/","subscriptions":[],"secret":"s"}}}""")]
    public async Task A_new_webhook_comes_with_its_secret(string reply)
    {
        var provider = Replies(reply);
        await using var wired = new Wired(provider);

        var webhook = await wired.Get<ChatwootClient>().AddWebhookAsync(new("https://hotdash.example/"), ["message_created"], Cancellation);

        Assert.Equal((4, "s"), (webhook.Id, webhook.Secret));
        Assert.Equal("""{"url":"https://hotdash.example/","subscriptions":["message_created"]}""", Assert.Single(provider.Requests).Body);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[null]")]
    [InlineData("""{"payload":{"webhooks":{}}}""")]
    [InlineData("""[{"id":"four"}]""")]
    public async Task Webhooks_that_cannot_be_read_are_unexpected(string reply)
    {
        await using var wired = new Wired(Replies(reply));

        var failure = await Assert.ThrowsAsync<IntegrationException>(() => wired.Get<ChatwootClient>().ListWebhooksAsync(Cancellation));

        Assert.Equal(IntegrationCodes.UnexpectedReply, failure.Code);
    }

    [Theory]
    [InlineData("ok", "ok", true, true)]
    [InlineData("failing", "ok", false, true)]
    [InlineData("ok", "failing", true, false)]
    public async Task A_server_that_answers_200_may_still_be_failing(string queue, string data, bool queueWorks, bool databaseWorks)
    {
        await using var wired = new Wired(Replies($$"""{"version":"4.13.0","timestamp":"2026-03-01 12:00:00","queue_services":"{{queue}}","data_services":"{{data}}"}"""));

        var health = await wired.Get<ChatwootClient>().GetHealthAsync(Cancellation);

        Assert.Equal(new("4.13.0", queueWorks, databaseWorks), health);
    }

    [Fact]
    public void Nothing_that_holds_customers_words_prints_them()
    {
        var message = new NewMessage("42", "secret words", Private: false, Mark);

        Assert.DoesNotContain("secret", $"{message} {new ConversationFilter(Text: "secret")}", StringComparison.Ordinal);
        Assert.DoesNotContain("Example", $"{ChatwootMock.Conversations[0]}", StringComparison.Ordinal);
    }

    internal static string Row(int id, Guid? mark = null, long at = 1772366400)
    {
        var attributes = mark is null ? "{}" : $"{{\"hotdash_mark\":\"{mark}\"}}";
        return $$$"""{"id":{{{id}}},"content":"Hello","message_type":1,"created_at":{{{at}}},"private":true,"content_attributes":{{{attributes}}},"sender":{"id":1,"name":"Ada"}}""";
    }

    internal static string Page(params string[] rows) => $$"""{"meta":{},"payload":[{{string.Join(',', rows)}}]}""";

    private static StubProvider Replies(string body) => new StubProvider().AlwaysReplies(HttpStatusCode.OK, body);
}
