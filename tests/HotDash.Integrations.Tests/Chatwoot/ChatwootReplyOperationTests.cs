using System.Net;
using System.Text;
using HotDash.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Integrations.Tests.Chatwoot;

/// <summary>A reply is approved for what the customer had written by then.</summary>
public sealed class ChatwootReplyOperationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("5", "8:1 9:1", "3:0 5:0 6:1", "")] // however far back
    [InlineData("0", "8:1 9:1", "")] // there is none
    public async Task The_version_of_a_conversation_is_the_customers_newest_message(string expected, params string[] pages)
    {
        var provider = new StubProvider();
        foreach (var page in pages)
            provider.Replies(HttpStatusCode.OK, Page(page));
        await using var wired = new Wired(provider);

        var version = await Operation(wired).VersionAsync("42", Cancellation);

        Assert.Equal(expected, version);
        Assert.Equal(["", "?before=8"], provider.Requests.Select(request => request.Address.Query));
    }

    [Fact]
    public async Task A_conversation_that_does_not_end_has_no_version()
    {
        await using var wired = new Wired(new StubProvider().AlwaysReplies(HttpStatusCode.OK, Page("9:1")));

        var failure = await Assert.ThrowsAsync<IntegrationException>(() => Operation(wired).VersionAsync("42", Cancellation));

        Assert.Equal((IntegrationCodes.UnexpectedReply, false), (failure.Code, failure.OutcomeUnknown));
    }

    [Fact]
    public async Task What_is_stored_as_a_note_is_no_reply()
    {
        await using var wired = new Wired();
        var operation = Operation(wired);

        var reply = operation.Compose(Guid.CreateVersion7(), 1, "On its way");
        var note = Encoding.UTF8.GetString(reply).Replace("\"private\":false", "\"private\":true", StringComparison.Ordinal);

        Assert.Equal("On its way", operation.ContentOf(reply));
        Assert.Throws<IntegrationException>(() => operation.ContentOf(Encoding.UTF8.GetBytes(note)));
    }

    private static IGuardedOperation Operation(Wired wired) => wired.Services.GetServices<IGuardedOperation>().Single(operation => operation.Kind is GuardedKinds.SupportReply);

    /// <param name="messages">Each with its id and kind.</param>
    private static string Page(string messages) => ChatwootClientTests.Page([.. messages.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(message => message.Split(':'))
        .Select(message => $$"""{"id":{{message[0]}},"message_type":{{message[1]}},"created_at":1772366400,"private":false,"content":"Hello"}""")]);
}
