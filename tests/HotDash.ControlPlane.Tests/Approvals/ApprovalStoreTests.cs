using HotDash.ControlPlane.Approvals;
using HotDash.ControlPlane.Reads;
using HotDash.Integrations;
using HotDash.TestKit;

namespace HotDash.ControlPlane.Tests.Approvals;

public sealed class ApprovalStoreTests(PostgresFixture postgres) : ApprovalsTest(postgres)
{
    [Theory]
    [InlineData(GuardedKinds.SupportReply, 1, 1)]
    [InlineData(GuardedKinds.CommerceInventory, 1, 2)]
    [InlineData(GuardedKinds.CommercePrice, 2, 3)]
    public async Task What_was_approved_by_enough_people_is_sent_by_a_job_that_exists_exactly_then(string kind, int required, int risk)
    {
        var asked = await AskAsync(kind);
        var states = new List<ApprovalState>();

        foreach (var person in new[] { "ada", "ben", "ben" })
            states.Add((await Approvals.ApproveAsync(asked.Id, asked.Hash, person, Ct))!.State);

        Assert.Equal((required, risk, 1L), (asked.Required, asked.Risk, await ScalarAsync<long>("select count(*) from jobs where kind = 'approvals.send'")));
        Assert.Equal(required is 1 ? [ApprovalState.Approved, ApprovalState.Approved, ApprovalState.Approved] : [ApprovalState.Pending, ApprovalState.Approved, ApprovalState.Approved], states);
        Assert.Equal(required, await ScalarAsync<long>("select count(*) from audit_entries where kind = 'approval' and action = 'approve'"));
    }

    [Fact]
    public void Posts_can_be_configured_to_need_nobody_and_nothing_else_can()
    {
        var auto = new ApprovalOptions { Policies = { [GuardedKinds.SocialPost] = new() { Required = 0 } } };
        var open = new ApprovalOptions { Policies = { [GuardedKinds.SupportReply] = new() { Required = 0 }, ["nonsense"] = new() } };

        Assert.Empty(auto.Validate(new(auto)));
        Assert.Equal(2, open.Validate(new(open)).Count());
    }

    [Fact]
    public async Task An_edit_keeps_what_was_there_before_and_nothing_of_either_can_be_read_in_the_store_or_the_audit()
    {
        var asked = await AskAsync(content: "canary one");
        var edited = (await Approvals.EditAsync(asked.Id, asked.Hash, "canary two", "ada", Ct))!;

        var revisions = await Reads.RevisionsAsync(edited, Ct);
        var everything = await ScalarAsync<string>(
            "select string_agg(t, ' ') from (select a::text t from approvals a union all select r::text || encode(bytes, 'escape') from approval_revisions r union all select e::text from audit_entries e) x");

        Assert.Equal([("bot", "canary one", asked.Hash), ("ada", "canary two", edited.Hash)], revisions.Select(revision => (revision.Author, revision.Content!, revision.Hash)));
        Assert.Equal(["bot", "ada"], edited.Authors);
        Assert.DoesNotContain("canary", everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_very_bytes_that_were_approved_are_handed_to_the_sender_once()
    {
        var asked = await AskAsync(content: "On its way");
        await Approvals.ApproveAsync(asked.Id, asked.Hash, "ada", Ct);
        var decided = await ScalarAsync<DateTime>("select decided_at from approvals");

        var (action, attempt) = await BeginAsync(asked);
        var (again, _) = await BeginAsync(asked);
        await EndAsync(asked, attempt, SendEnd.Sent("81"));
        await EndAsync(asked, attempt, SendEnd.Lost("too late"));
        await EndAsync(asked, Guid.CreateVersion7(), SendEnd.Sent("82", "of another call"));
        await InTransactionAsync(transaction => Ledger.OutdateAsync(transaction, asked.Id, "9", Ct));
        var (third, _) = await BeginAsync(asked);

        Assert.Equal("On its way"u8.ToArray(), action!.TakeBytes().ToArray());
        Assert.Throws<InvalidOperationException>(() => action.TakeBytes());
        Assert.Equal("request approve send sent", await ScalarAsync<string>("select string_agg(action, ' ' order by id) from audit_entries"));
        Assert.Equal((null, decided), (await Reads.ResultAsync(asked.Id, Ct), await ScalarAsync<DateTime>("select decided_at from approvals")));
        Assert.Equal((null, null, ApprovalState.Sent, "81"), (again, third, (await NowAsync(asked)).State, (await NowAsync(asked)).EffectId));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("late")]
    [InlineData("update approval_revisions set bytes = (select bytes from approval_revisions where approval_id <> @Id)")]
    [InlineData("update approvals set hash = 'other' where id = @Id")]
    [InlineData("update approvals set target = '43' where id = @Id")]
    [InlineData("update approvals set target_version = null where id = @Id")]
    [InlineData("update approvals set approved_by = '{}' where id = @Id")]
    [InlineData("update approvals set approved_by = authors where id = @Id")]
    [InlineData("update approvals set required = 2 where id = @Id")]
    public async Task Nothing_is_sent_that_was_not_approved_in_time_or_that_was_changed_behind_our_back(string what)
    {
        var (other, asked) = (await AskAsync(content: "Your refund is refused"), await AskAsync());
        if (what is not "nobody")
            await Approvals.ApproveAsync(asked.Id, asked.Hash, "ada", Ct);
        if (what.StartsWith("update", StringComparison.Ordinal))
            await ScalarAsync<int>(what, new { asked.Id });

        var (action, _) = await BeginAsync(asked, what is "late" ? After(TimeSpan.FromDays(1)) : null);

        Assert.Null(action);
        Assert.Equal(what switch { "nobody" => ApprovalState.Pending, "late" => ApprovalState.Approved, _ => ApprovalState.Failed }, (await NowAsync(asked)).State);
        Assert.Equal(ApprovalState.Pending, (await NowAsync(other)).State);
    }

    [Fact]
    public async Task What_is_outdated_is_the_same_words_with_another_hash_and_waits_for_people_again()
    {
        var asked = await AskAsync();
        var decided = new List<bool> { await IsDecidedAsync() };
        await Approvals.ApproveAsync(asked.Id, asked.Hash, "ada", Ct);
        decided.Add(await IsDecidedAsync());

        await InTransactionAsync(transaction => Ledger.OutdateAsync(transaction, asked.Id, "9", Ct));
        decided.Add(await IsDecidedAsync());
        var outdated = await NowAsync(asked);
        var old = await Assert.ThrowsAsync<ApprovalRefusedException>(() => Approvals.ApproveAsync(asked.Id, asked.Hash, "ada", Ct));
        var anew = await Approvals.ApproveAsync(asked.Id, outdated.Hash, "ada", Ct);
        decided.Add(await IsDecidedAsync());
        var (action, _) = await BeginAsync(asked);

        Assert.Equal((ApprovalState.Pending, true, "9", 2), (outdated.State, outdated.Stale, outdated.TargetVersion, outdated.Revision));
        Assert.Equal((ApprovalRefusal.Changed, ApprovalState.Approved), (old.Refusal, anew!.State));
        Assert.Equal("On its way"u8.ToArray(), action!.TakeBytes().ToArray());
        Assert.Equal([false, true, false, true], decided);
        Assert.Equal([("7", "On its way"), ("9", "On its way")], (await Reads.RevisionsAsync(outdated, Ct)).Select(revision => (revision.TargetVersion!, revision.Content!)));
    }

    private Task<bool> IsDecidedAsync() => ScalarAsync<bool>("select decided_at is not null from approvals")!;

    [Fact]
    public async Task Whose_time_is_over_is_said_to_have_expired_and_nobody_can_approve_it_even_before()
    {
        var (late, approved) = (await AskAsync(), await AskAsync());
        await Approvals.ApproveAsync(approved.Id, approved.Hash, "ada", Ct);
        var tomorrow = After(TimeSpan.FromDays(1));

        var refused = await Assert.ThrowsAsync<ApprovalRefusedException>(() => People(tomorrow).ApproveAsync(late.Id, late.Hash, "ada", Ct));
        var expired = 0;
        await InTransactionAsync(async transaction => expired = await ApprovalLedger.ExpireAsync(transaction, Ct), tomorrow);

        Assert.Equal((ApprovalRefusal.WrongState, 2), (refused.Refusal, expired));
        Assert.Equal((ApprovalState.Expired, ApprovalState.Expired), ((await NowAsync(late)).State, (await NowAsync(approved)).State));
    }

    [Fact]
    public async Task They_are_listed_by_risk_and_age_page_after_page()
    {
        var reply = await AskAsync();
        var price = await AskAsync(GuardedKinds.CommercePrice, target: "sku");
        var second = await AskAsync(by: "carl 00000000-0000-0000-0000-000000000001");

        var first = await Reads.ListAsync(new(), null, 2, Ct);
        var rest = await Reads.ListAsync(new(), Cursor.TryParse<ApprovalPosition>(first.Next!.ToString()), 2, Ct);
        var filtered = await Reads.ListAsync(new() { Kind = GuardedKinds.CommercePrice, State = ApprovalState.Pending, Target = "sku", Risk = 3 }, null, 2, Ct);
        var carls = await Reads.ListAsync(new() { Requester = "carl" }, null, 2, Ct);

        Assert.Equal([price.Id, reply.Id, second.Id], first.Items.Concat(rest.Items).Select(approval => approval.Id));
        Assert.Equal((price.Id, second.Id, null), (filtered.Items.Single().Id, carls.Items.Single().Id, rest.Next));
    }

    [Fact]
    public async Task A_selection_is_decided_as_it_was_seen_and_ones_own_are_left_out()
    {
        var selections = new ApprovalSelections(Store, Approvals);
        var (mine, others) = (await AskAsync(by: "ada"), await AskAsync());
        var price = await AskAsync(GuardedKinds.CommercePrice);
        var seen = await selections.SelectAsync(new() { Kind = Reply }, Ct);
        var edited = await Approvals.EditAsync(others.Id, others.Hash, "Changed", "ben", Ct);

        var now = await selections.SelectAsync(new() { Kind = Reply }, Ct);
        var stale = await selections.DecideAsync(seen, "ada", null, Ct);
        var decided = await selections.DecideAsync(now, "ada", null, Ct);
        var left = await selections.SelectAsync(new() { Kind = Reply }, Ct);
        var late = await new ApprovalSelections(After(TimeSpan.FromDays(1)), Approvals).SelectAsync(new(), Ct);
        await selections.DecideAsync(await selections.SelectAsync(new() { Kind = price.Kind }, Ct), "ada", "too dear", Ct);

        Assert.Equal((2, 2, true), (seen.Actions.Count, now.Actions.Count, seen.Digest != now.Digest));
        Assert.Equal((0, 2), (stale.Decided, stale.Refused.Count));
        Assert.Equal((1, mine.Id), (decided.Decided, decided.Refused.Single().Id));
        Assert.Equal((ApprovalState.Approved, ApprovalState.Pending), ((await NowAsync(edited!)).State, (await NowAsync(mine)).State));
        Assert.Equal((mine.Id, 0), (left.Actions.Single().Id, late.Actions.Count));
        Assert.Equal((ApprovalState.Rejected, "too dear"), ((await NowAsync(price)).State, (await NowAsync(price)).Reason));
    }

    [Fact]
    public async Task Everybody_has_one_grade_whose_comment_is_sealed_and_which_is_copied_soon()
    {
        var grades = new ApprovalGrades(Store, Vault, Queue);
        var asked = await AskAsync();
        await ScalarAsync<int>(
            "insert into jobs (id, kind, payload, due_at, max_attempts, unique_key) values (gen_random_uuid(), @kind, '', hotdash_now() + interval '1 hour', 5, 'recurring:' || @kind)",
            new { kind = ApprovalJobs.MirrorGrades });

        await grades.GradeAsync(asked.Id, new("ada", 1, 2, 3), Ct);
        await grades.GradeAsync(asked.Id, new("ada", 4, 5, 5) { Comment = "canary" }, Ct);
        var unknown = await grades.GradeAsync(Guid.NewGuid(), new("ada", 4, 5, 5), Ct);
        var rows = await ScalarAsync<string>("select g::text || encode(comment, 'escape') || (select string_agg(e::text, '') from audit_entries e) from approval_grades g");

        var grade = Assert.Single(await grades.OfAsync(asked.Id, Ct));
        Assert.Equal((4, 5, 5, "canary", false), (grade.Tone, grade.Accuracy, grade.Policy, grade.Comment, unknown));
        Assert.DoesNotContain("canary", rows, StringComparison.Ordinal);
        Assert.True(await ScalarAsync<bool>("select due_at < hotdash_now() + interval '10 minutes' from jobs"));
    }

    [Fact]
    public async Task Two_who_decide_at_the_same_time_decide_one_after_the_other()
    {
        var asked = await AskAsync(GuardedKinds.CommercePrice);

        await Task.WhenAll(new[] { "ada", "ben", "ada", "ben" }.Select(person => Approvals.ApproveAsync(asked.Id, asked.Hash, person, Ct)));

        Assert.Equal((ApprovalState.Approved, 2), ((await NowAsync(asked)).State, (await NowAsync(asked)).ApprovedBy.Count));
        Assert.Equal(1L, await ScalarAsync<long>("select count(*) from jobs where kind = 'approvals.send'"));
    }
}
