using System.Net;

using HotDash.Integrations.Chatwoot;
using HotDash.TestKit;

using Microsoft.Extensions.DependencyInjection;

using static HotDash.Integrations.Tests.Chatwoot.ChatwootClientTests;

namespace HotDash.Integrations.Tests.Chatwoot;

public sealed class ChatwootReplaysTests
{
    private static readonly NewMessage Note = new("42", "Hello", Private: true, Guid.CreateVersion7(FixedClock.Now));

    private static readonly long Now = FixedClock.Now.ToUnixTimeSeconds();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("send-note", true)]
    [InlineData("send-reply", false)]
    [InlineData("set-labels", false)]
    public async Task Notes_can_be_replayed_and_nothing_that_the_customer_sees(string operation, bool can)
    {
        await using var wired = new Wired();

        Assert.Equal(can, Replays(wired).CanReplay(operation));
    }

    [Fact]
    public async Task A_message_is_found_by_its_mark_on_whatever_page_it_is()
    {
        var provider = new StubProvider()
            .Replies(HttpStatusCode.OK, Page(Row(30, at: Now + 60), Row(31, Guid.CreateVersion7(FixedClock.Now), Now + 90)))
            .Replies(HttpStatusCode.OK, Page(Row(20, Note.Mark, Now + 5), Row(21, at: Now + 30)));
        await using var wired = new Wired(provider);

        var found = await Replays(wired).FindExistingAsync(Letter(wired), Cancellation);

        Assert.Equal(new Existing("20", FixedClock.Now.AddSeconds(5)), found);
        Assert.Equal(
            ["/base/api/v1/accounts/7/conversations/42/messages", "/base/api/v1/accounts/7/conversations/42/messages?before=30"],
            provider.Requests.Select(request => request.Address.PathAndQuery));
    }

    [Fact]
    public async Task Messages_from_long_before_the_mark_end_the_search()
    {
        await using var wired = new Wired(new StubProvider().Replies(HttpStatusCode.OK, Page(Row(1, at: Now - 90_000), Row(2, at: Now))));

        Assert.Null(await Replays(wired).FindExistingAsync(Letter(wired), Cancellation));
    }

    [Fact]
    public async Task The_search_goes_on_while_a_clock_may_be_wrong_and_ends_with_the_conversation()
    {
        var provider = new StubProvider().Replies(HttpStatusCode.OK, Page(Row(1, at: Now - 3600))).Replies(HttpStatusCode.OK, Page());
        await using var wired = new Wired(provider);

        Assert.Null(await Replays(wired).FindExistingAsync(Letter(wired), Cancellation));
        Assert.Equal(2, provider.Requests.Count);
    }

    [Fact]
    public async Task A_search_that_never_ends_is_a_failure_and_not_an_absence()
    {
        await using var wired = new Wired(new StubProvider().AlwaysReplies(HttpStatusCode.OK, Page(Row(1, at: Now))));

        var failure = await Assert.ThrowsAsync<IntegrationException>(() => Replays(wired).FindExistingAsync(Letter(wired), Cancellation));

        Assert.Equal(IntegrationCodes.UnexpectedReply, failure.Code);
    }

    [Fact]
    public async Task A_replay_sends_the_very_same_message()
    {
        var provider = new StubProvider().AlwaysReplies(HttpStatusCode.OK, Row(81, Note.Mark));
        await using var wired = new Wired(provider);

        await wired.Get<ChatwootClient>().WriteAsync(Note, Cancellation);
        await Replays(wired).ReplayAsync(Letter(wired), Cancellation);

        Assert.Equal(2, provider.Requests.Count);
        Assert.Single(provider.Requests.Select(request => (request.Method, request.Address, request.Body)).Distinct());
    }

    [Theory]
    [InlineData("api/v1/accounts/8/conversations/42/messages", null)]
    [InlineData("api/v1/accounts/7/conversations/../messages", null)]
    [InlineData("api/v1/accounts/7/conversations//messages", null)]
    [InlineData("api/v1/accounts/7/conversations/42/labels", null)]
    [InlineData("api/v1/accounts/7/conversations/42/messages", "{}")]
    [InlineData("api/v1/accounts/7/conversations/42/messages", """{"content":"Hello","private":true,"content_attributes":{}}""")]
    [InlineData("api/v1/accounts/7/conversations/42/messages", "nonsense")]
    public async Task A_letter_that_is_no_message_of_this_account_is_not_sent(string path, string? body)
    {
        await using var wired = new Wired(new StubProvider());
        var letter = new DeadLetterRequest { Method = "POST", Path = path, Body = body is null ? Letter(wired).Body : System.Text.Encoding.UTF8.GetBytes(body) };

        var failure = await Assert.ThrowsAsync<IntegrationException>(() => Replays(wired).ReplayAsync(letter, Cancellation));

        Assert.Equal((IntegrationCodes.Rejected, false), (failure.Code, failure.OutcomeUnknown));
    }

    private static DeadLetterRequest Letter(Wired wired) => ChatwootWrites.ToRequest(Note, wired.Get<ChatwootOptions>());

    private static IReplayable Replays(Wired wired) => wired.Services.GetServices<IReplayable>().Single(adapter => adapter.Integration is "chatwoot");
}
