using HotDash.ControlPlane.Approvals;
using HotDash.Integrations;
using HotDash.TestKit;

namespace HotDash.ControlPlane.Tests.Approvals;

public sealed class ApprovalProofTests(PostgresFixture postgres) : ApprovalsTest(postgres)
{
    private const string LateApproval =
        """
        with moved as (delete from audit_entries where action = 'approve' and actor = 'eve' returning *)
        insert into audit_entries (kind, object_id, action, actor, before, after, seq, hash) select kind, object_id, action, actor, before, after, seq, hash from moved
        """;

    [Fact]
    public async Task What_was_sent_is_proved_to_be_what_two_others_approved()
    {
        var sent = await SentAsync();

        var proof = (await Proofs.ProveAsync(sent.Id, Ct))!;

        Assert.True(proof.Proved, string.Join(' ', proof.Checks.Where(check => !check.Ok)));
        Assert.Equal(["request", "edit", "approve", "approve", "send", "sent"], proof.Story.Select(fact => fact.Action));
        Assert.Equal(sent.Hash, proof.Hash);
    }

    [Theory]
    [InlineData("update approval_revisions set bytes = other.bytes from (select bytes from approval_revisions where revision = 1) other where revision = 2", "bytes")]
    [InlineData("delete from audit_entries where id in (select id from audit_entries where action = 'approve' limit 1)", "approved")]
    [InlineData("update audit_entries set after = after || '{\"hash\": \"other\"}' where action = 'approve'", "approved")]
    [InlineData("update audit_entries set actor = 'HotDash' where action = 'approve' and actor = 'eve'", "approved")]
    [InlineData(LateApproval, "approved")]
    [InlineData("update audit_entries set actor = 'ada' where action = 'approve' and actor = 'eve'", "by others")]
    [InlineData("delete from audit_entries where action = 'sent'", "once")]
    [InlineData("update audit_entries set after = after || '{\"hash\": \"other\"}' where action = 'sent'", "once")]
    [InlineData("update audit_entries set seq = null, hash = null where action = 'sent'", "chained")]
    public async Task What_does_not_fit_is_named(string forgery, string check)
    {
        var sent = await SentAsync();
        await ScalarAsync<int>("alter table audit_entries disable trigger all");
        await ScalarAsync<int>(forgery);

        var proof = (await Proofs.ProveAsync(sent.Id, Ct))!;

        Assert.False(proof.Proved);
        Assert.Contains(check, proof.Checks.Where(found => !found.Ok).Select(found => found.Check));
    }

    [Fact]
    public async Task What_was_not_sent_or_does_not_exist_proves_nothing()
    {
        var asked = await AskAsync();

        Assert.False((await Proofs.ProveAsync(asked.Id, Ct))!.Proved);
        Assert.Null(await Proofs.ProveAsync(Guid.NewGuid(), Ct));
    }

    /// <summary>Ada edited it, Ben and Eve approved it.</summary>
    private async Task<Approval> SentAsync()
    {
        var asked = await AskAsync(GuardedKinds.CommercePrice);
        var edited = (await Approvals.EditAsync(asked.Id, asked.Hash, "Arrives tomorrow", "ada", Ct))!;
        await Approvals.ApproveAsync(asked.Id, edited.Hash, "ben", Ct);
        await Approvals.ApproveAsync(asked.Id, edited.Hash, "eve", Ct);
        var (_, attempt) = await BeginAsync(asked);
        await EndAsync(asked, attempt, SendEnd.Sent("81"));
        await ChainAsync();
        return edited;
    }
}
