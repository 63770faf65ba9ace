using System.Text;
using HotDash.ControlPlane.Approvals;
using HotDash.ControlPlane.Support;
using HotDash.ControlPlane.Tests.Approvals;
using HotDash.ControlPlane.Webhooks;
using HotDash.TestKit;
using Microsoft.AspNetCore.DataProtection;

namespace HotDash.ControlPlane.Tests.Support;

public sealed class SupportWebhooksTests(PostgresFixture postgres) : ApprovalsTest(postgres)
{
    private readonly SupportVault _vault = new(new EphemeralDataProtectionProvider());

    private SupportMessages Messages => new(Store, _vault);

    [Fact]
    public async Task Replies_that_have_not_seen_the_customers_newest_message_must_be_confirmed_again()
    {
        var (pending, approved, other, sent) = (await AskAsync(), await AskAsync(), await AskAsync(target: "43"), await AskAsync());
        await Approvals.ApproveAsync(approved.Id, approved.Hash, "ada", Ct);
        await Approvals.ApproveAsync(sent.Id, sent.Hash, "ada", Ct);
        await BeginAsync(sent);

        await TellAsync(8, "outgoing");
        var before = (await NowAsync(approved)).State;
        await TellAsync(6, "incoming"); // older than what they answer: it came late
        await TellAsync(9, "incoming");
        await TellAsync(9, "incoming");

        Assert.Equal(ApprovalState.Approved, before);
        Assert.All([await NowAsync(pending), await NowAsync(approved)], now => Assert.Equal((ApprovalState.Pending, true, "9", 2, 0), (now.State, now.Stale, now.TargetVersion, now.Revision, now.ApprovedBy.Count)));
        Assert.All([await NowAsync(other), await NowAsync(sent)], now => Assert.Equal((false, "7"), (now.Stale, now.TargetVersion)));
        await Assert.ThrowsAsync<ApprovalRefusedException>(() => Approvals.ApproveAsync(pending.Id, pending.Hash, "ada", Ct));
        Assert.Equal(ApprovalState.Approved, (await Approvals.ApproveAsync(pending.Id, (await NowAsync(pending)).Hash, "ada", Ct))!.State);
    }

    [Fact]
    public async Task What_was_said_is_kept_sealed_and_as_it_was_said_last()
    {
        await TellAsync(9, "incoming", "Where is it?");
        await TellAsync(10, "outgoing", "canary");
        await TellAsync(9, "incoming", "Where is my parcel?");

        var messages = await Messages.OfAsync("42", Ct);
        Assert.Equal([("9", "Where is my parcel?", "Mira"), ("10", "canary", "Mira")], messages.Select(message => (message.Id, message.Text, message.Sender)));
        Assert.Equal(("9", (string?)null), (await Messages.NewestOfCustomerAsync("42", Ct), await Messages.NewestOfCustomerAsync("43", Ct)));
        Assert.DoesNotContain("canary", await ScalarAsync<string>("select string_agg(m::text || encode(box, 'escape'), '') from support_messages m"), StringComparison.Ordinal);
        Assert.Equal((2, 0), (await Messages.PruneAsync(TimeSpan.FromDays(1), 10, Ct), (await Messages.OfAsync("42", Ct)).Count));
    }

    [Theory]
    [InlineData("""{"event":"message_created","conversation":{"id":42}}""")]
    [InlineData("""{"event":"message_created","id":9,"message_type":"spoken","conversation":{"id":42}}""")]
    [InlineData("""{"event":"message_created","id":9,"message_type":"incoming"}""")]
    [InlineData("[]")]
    public async Task An_event_that_does_not_say_which_message_it_tells_of_is_for_a_person_to_look_at(string body)
    {
        await Assert.ThrowsAsync<UnreadableWebhookException>(() => TellAsync(body));

        Assert.Empty(await Messages.OfAsync("42", Ct));
    }

    private Task TellAsync(int id, string type, string text = "Hello") => TellAsync(
        $$$"""{"event":"message_created","id":{{{id}}},"message_type":"{{{type}}}","content":"{{{text}}}","created_at":"2026-03-01 12:00:00 UTC","private":false,"sender":{"name":"Mira"},"conversation":{"id":42,"labels":[]}}""");

    private Task TellAsync(string body, string topic = "message_created") => InTransactionAsync(transaction =>
        new SupportWebhooks(Queue, Messages, Ledger).HandleAsync(
            new() { Id = Guid.NewGuid(), Source = "chatwoot", Topic = topic, Resource = "conversation/42", ReceivedAt = DateTimeOffset.UnixEpoch, Body = Encoding.UTF8.GetBytes(body) },
            transaction, Ct));
}
