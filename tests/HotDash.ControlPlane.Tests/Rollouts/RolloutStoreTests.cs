using System.Text.Json;
using HotDash.ControlPlane.Flags;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Pauses;
using HotDash.ControlPlane.Rollouts;
using HotDash.ControlPlane.Rollouts.Judging;
using HotDash.TestKit;

namespace HotDash.ControlPlane.Tests.Rollouts;

public sealed class RolloutStoreTests(PostgresFixture postgres) : RolloutTest(postgres)
{
    [Fact]
    public async Task Healthy_stages_follow_each_other_to_the_end_by_themselves()
    {
        await StartAsync(Plain, Quick with { AutoAdvanceAfter = TimeSpan.FromMinutes(1) });
        var stages = new List<(RolloutStage, decimal, bool?)>();

        for (var minutes = 0; minutes < 18; minutes += 3)
        {
            stages.Add(((await new RolloutReads(Store).FindAsync(Plain, Ct))!.Stage, (await FlagAsync()).RolloutPercent.Value, (await FlagAsync()).Enabled));
            await CallAsync(minutes, treated: 10);
            await using var later = At(minutes + 3);
            await later.JudgeAsync(Plain);
        }

        Assert.Equal(
            [(RolloutStage.Internal, 0, true), (RolloutStage.Beta, 10, true), (RolloutStage.EarlyAccess, 25, true), (RolloutStage.Limited, 50, true), (RolloutStage.General, 75, true), (RolloutStage.Full, 100, true)],
            stages);
        Assert.Equal(RolloutState.Completed, (await new RolloutReads(Store).FindAsync(Plain, Ct))!.State);
        Assert.Equal(7, await ScalarAsync<long>("select count(*) from audit_entries where kind = 'rollout' and actor in ('ada', 'HotDash')"));
    }

    [Theory]
    [InlineData("mock")]
    [InlineData("health")]
    public async Task Missing_data_advance_nothing_and_neither_do_calls_that_are_not_live(string source)
    {
        await StartAsync(Plain, Quick with { AutoAdvanceAfter = TimeSpan.Zero });
        await CallAsync(0, treated: 100, source: source);

        await using var later = At(3);
        var rollout = await later.JudgeAsync(Plain);
        var refusal = await Assert.ThrowsAsync<IllegalMoveException>(() => later.Rollouts.AdvanceAsync(Plain, force: false, Ada, Ct));
        var forced = await later.Rollouts.AdvanceAsync(Plain, force: true, Ada, Ct);

        Assert.Equal((RolloutStage.Internal, Verdict.NoTraffic), (rollout.Stage, rollout.Verdict));
        Assert.Contains("no-traffic", refusal.Message, StringComparison.Ordinal);
        Assert.Equal((RolloutStage.Beta, null, null), (forced!.Stage, forced.LastGood, forced.Verdict));
    }

    [Fact]
    public async Task A_person_advances_a_healthy_stage_but_none_whose_last_check_is_long_ago()
    {
        await StartAsync(Plain, Quick);
        await CallAsync(0, treated: 10);
        await using var soon = At(3);
        await using var late = At(60);
        await soon.JudgeAsync(Plain);

        await Assert.ThrowsAsync<IllegalMoveException>(() => late.Rollouts.AdvanceAsync(Plain, force: false, Ada, Ct));
        var advanced = await soon.Rollouts.AdvanceAsync(Plain, force: false, Ada, Ct);

        Assert.Equal((RolloutStage.Beta, RolloutStage.Internal), (advanced!.Stage, advanced.LastGood));
    }

    [Fact]
    public async Task Harm_pauses_and_afterwards_it_is_judged_afresh()
    {
        await StartAsync(Plain, Quick);
        await CallAsync(0, treated: 10, errors: 4, untreated: 10);
        await using var later = At(3);

        var paused = await later.JudgeAsync(Plain);
        var refusal = await Assert.ThrowsAsync<IllegalMoveException>(() => later.Rollouts.AdvanceAsync(Plain, force: true, Ada, Ct));
        var resumed = await later.Rollouts.ResumeAsync(Plain, Ada, Ct);
        await CallAsync(3, treated: 10, untreated: 10);
        await using var muchLater = At(6);
        var healthy = await muchLater.JudgeAsync(Plain);

        Assert.Equal((RolloutState.Paused, Verdict.Regressing, RolloutStage.Internal), (paused.State, paused.Verdict, paused.Stage));
        Assert.Contains("Possible now: resume", refusal.Message, StringComparison.Ordinal);
        Assert.Equal((RolloutState.Running, null), (resumed!.State, resumed.Verdict));
        Assert.Equal((RolloutState.Running, Verdict.Healthy), (healthy.State, healthy.Verdict));
    }

    [Fact]
    public async Task By_option_harm_rolls_back_also_while_it_is_paused_and_disconnects_what_the_flag_switches_until_it_is_tried_again()
    {
        var options = Quick with { PauseOnError = false };
        await StartAsync(Switch, options);
        await CallAsync(0, treated: 10, errors: 9, flag: Switch);
        await using var later = At(3);
        await later.Rollouts.PauseAsync(Switch, Ada, Ct);

        var rolledBack = await later.JudgeAsync(Switch);
        var (flag, pause) = (await FlagAsync(Switch), Assert.Single(await new PauseStore(Store).ListAsync(Ct)));
        var again = await later.Rollouts.StartAsync(Switch, RolloutStage.Full, options, Ada, Ct);
        await CallAsync(3, treated: 10, flag: Switch);
        await using var muchLater = At(6);
        var healthy = await muchLater.JudgeAsync(Switch);

        Assert.Equal((RolloutState.RolledBack, RolloutStage.Disabled, false), (rolledBack.State, rolledBack.Stage, flag.Enabled));
        Assert.Contains("108 of 120 calls failed", rolledBack.Reason, StringComparison.Ordinal);
        Assert.Equal(("publer", "HotDash", true), (pause.Integration, pause.PausedBy, pause.ByPerson));
        Assert.Contains(rolledBack.Reason, pause.Reason, StringComparison.Ordinal);
        Assert.NotEqual(rolledBack.Run, again!.Run);
        Assert.Empty(await new PauseStore(Store).ListAsync(Ct));
        Assert.Equal((RolloutState.Running, Verdict.Healthy, true), (healthy.State, healthy.Verdict, (await FlagAsync(Switch)).Enabled));
    }

    [Fact]
    public async Task What_a_person_disconnected_stays_so_and_a_failed_health_check_pauses()
    {
        await using var later = At(3);
        await later.Registry.DisconnectAsync("publer", "maintenance", "bob", Ct);
        await StartAsync(Switch, Quick);
        await later.Get<FlagWatch>().RefreshAsync(Ct);

        var rollout = await later.JudgeAsync(Switch);
        await later.Rollouts.ResumeAsync(Switch, Ada, Ct);

        Assert.Equal(RolloutState.Paused, rollout.State);
        Assert.Contains("bob: maintenance", rollout.Reason, StringComparison.Ordinal);
        Assert.Single(await new PauseStore(Store).ListAsync(Ct));
    }

    [Fact]
    public async Task A_rollback_that_disconnected_an_integration_does_not_keep_it_from_being_tried_again_while_somebody_still_has_it()
    {
        await StartAsync(Switch, Quick);
        await using var process = At(1);
        await process.Flags.OverrideAsync(Switch, "ada", on: true, Ada, Ct);
        await process.Rollouts.RollbackAsync(Switch, Ada, Ct);

        var steps = await process.Validation.RunAsync(Switch, Ct);

        Assert.Equal((null, "publer was disconnected by a rollback: starting connects it again."), steps.Where(step => step.Check == "health of publer").Select(step => (step.Ok, step.Detail)).Single());
    }

    [Fact]
    public async Task The_judge_comes_a_little_early_rather_than_an_interval_late()
    {
        await StartAsync(Plain, Quick);
        await using var early = At(0.5);
        await using var due = At(56d / 60);

        Assert.Empty(await early.Reads.DueAsync(Ct));
        Assert.Equal([Plain], await due.Reads.DueAsync(Ct));
    }

    [Fact]
    public async Task A_stage_that_waits_for_a_person_goes_on_being_judged()
    {
        await StartAsync(Plain, Quick with { RequireApprovalPerStage = true });
        await CallAsync(0, treated: 10);
        await using var soon = At(3);
        await using var late = At(10);

        var waiting = await soon.JudgeAsync(Plain);
        var silent = await late.JudgeAsync(Plain);

        Assert.Equal((RolloutState.AwaitingApproval, RolloutStage.Internal), (waiting.State, waiting.Stage));
        Assert.Equal((RolloutState.Running, Verdict.NoTraffic), (silent.State, silent.Verdict));
    }

    [Fact]
    public async Task A_judge_who_dies_before_the_commit_leaves_nothing_and_the_next_one_makes_the_step_once()
    {
        await StartAsync(Plain, Quick with { AutoAdvanceAfter = TimeSpan.Zero });
        await CallAsync(0, treated: 10);
        await using var dying = At(3);
        await using var one = At(3.1);
        await using var other = At(3.1);

        await Assert.ThrowsAsync<TimeoutException>(() => dying.JudgeAsync(Plain, _ => throw new TimeoutException("It is gone.")));
        var (flag, untouched) = (await FlagAsync(), (await one.Reads.FindAsync(Plain, Ct))!);
        await Task.WhenAll(one.JudgeAsync(Plain), other.JudgeAsync(Plain));

        Assert.Equal((RolloutStage.Internal, null, 0), (untouched.Stage, untouched.CheckedAt, flag.RolloutPercent.Value));
        Assert.Equal((RolloutStage.Beta, 10), ((await one.Reads.FindAsync(Plain, Ct))!.Stage, (await FlagAsync()).RolloutPercent.Value));
        Assert.Equal(120, Assert.Single((await one.Reads.HistoryAsync(Plain, null, 10, Ct)).Items, finding => finding.Stage is RolloutStage.Internal).Calls);
        Assert.Equal(1, await ScalarAsync<long>("select count(*) from audit_entries where kind = 'rollout' and action = 'advance'"));
    }

    [Fact]
    public async Task A_judge_who_has_lost_its_lease_decides_nothing()
    {
        await StartAsync(Plain, Quick with { AutoAdvanceAfter = TimeSpan.Zero });
        await CallAsync(0, treated: 10);
        await using var later = At(3);
        var lost = new JobContext(Store, new(Guid.NewGuid(), 1, TimeProvider.System), 1, TimeProvider.System);

        await Assert.ThrowsAsync<LeaseLostException>(() => later.Get<RolloutChecks>().RunDueAsync(
            (work, ct) => lost.InFencedTransactionAsync((_, transaction) => work(transaction), ct), Ct));

        Assert.Equal(RolloutStage.Internal, (await later.Reads.FindAsync(Plain, Ct))!.Stage);
        Assert.Empty((await later.Reads.HistoryAsync(Plain, null, 10, Ct)).Items);
    }

    [Fact]
    public async Task A_rollout_that_cannot_be_judged_holds_up_no_other_one()
    {
        await StartAsync(Plain, Quick);
        await using var broken = At(-1);
        await broken.Rollouts.StartAsync(Switch, RolloutStage.Full, Quick, Ada, Ct);
        await ScalarAsync<int?>("update rollouts set evidence = '{}' where next_check_at = (select min(next_check_at) from rollouts)");
        await using var later = At(3);

        await Assert.ThrowsAsync<JsonException>(() => later.JudgeAsync(Plain));

        Assert.Single((await later.Reads.HistoryAsync(Plain, null, 10, Ct)).Items);
    }

    [Fact]
    public async Task A_check_of_a_rollout_that_somebody_moved_meanwhile_counts_for_nothing()
    {
        await StartAsync(Plain, Quick with { AutoAdvanceAfter = TimeSpan.Zero });
        await CallAsync(0, treated: 10);
        await using var later = At(3);

        var rollout = await later.JudgeAsync(Plain, before: () => later.Rollouts.RollbackAsync(Plain, Ada, Ct));

        Assert.Equal((RolloutState.RolledBack, RolloutStage.Disabled, false), (rollout.State, rollout.Stage, (await FlagAsync()).Enabled));
        Assert.Empty((await later.Reads.HistoryAsync(Plain, null, 10, Ct)).Items);
    }

    [Fact]
    public async Task Who_has_the_flag_has_it_through_pause_and_resume_and_at_the_next_stage()
    {
        await using var process = At(0);
        await process.Flags.ChangeAsync(Plain, "enable", Ada, flag => flag with { Enabled = true, RolloutPercent = new(10_000) }, Ct);
        await StartAsync(Plain, Quick);
        HashSet<int> Having() => [.. Enumerable.Range(0, 500).Where(user => process.Board.Evaluate(Plain, $"user-{user}").On)];
        await process.Get<FlagWatch>().RefreshAsync(Ct);
        var before = Having();

        await process.Rollouts.PauseAsync(Plain, Ada, Ct);
        var paused = Having();
        await process.Rollouts.ResumeAsync(Plain, Ada, Ct);
        var resumed = Having();
        await process.Rollouts.AdvanceAsync(Plain, force: true, Ada, Ct);

        Assert.InRange(before.Count, 20, 90);
        Assert.True(before.SetEquals(paused) && before.SetEquals(resumed) && before.IsProperSubsetOf(Having()));
    }

    [Fact]
    public async Task A_flag_that_is_changed_by_hand_pauses_its_rollout_and_resuming_brings_it_back()
    {
        await StartAsync(Plain, Quick);
        await using var later = At(3);
        await later.Flags.ChangeAsync(Plain, "enable", Ada, flag => flag with { RolloutPercent = new(100_000) }, Ct);

        var paused = await later.JudgeAsync(Plain);
        await later.Rollouts.ResumeAsync(Plain, Ada, Ct);

        Assert.Equal((RolloutState.Paused, "The flag was changed by hand."), (paused.State, paused.Reason));
        Assert.Equal(0, (await FlagAsync()).RolloutPercent.Value);
    }

    [Fact]
    public async Task A_killed_flag_is_raised_by_nobody_but_can_be_rolled_back()
    {
        await StartAsync(Plain, Quick);
        await using var process = At(0);
        await process.Flags.ChangeAsync(Plain, "kill", Ada, flag => flag with { Killed = true }, Ct);

        await Assert.ThrowsAsync<IllegalMoveException>(() => process.Rollouts.AdvanceAsync(Plain, force: true, Ada, Ct));
        var rolledBack = await process.Rollouts.RollbackAsync(Plain, Ada, Ct);

        Assert.Equal((RolloutState.RolledBack, false, true), (rolledBack!.State, (await FlagAsync()).Enabled, (await FlagAsync()).Killed));
    }

    [Fact]
    public async Task Checks_that_find_the_same_are_one_line_of_the_history()
    {
        await StartAsync(Plain, Quick);
        for (var minutes = 2; minutes < 6; minutes++)
        {
            await using var later = At(minutes);
            await later.JudgeAsync(Plain);
        }

        var findings = (await new RolloutReads(Store).HistoryAsync(Plain, null, 10, Ct)).Items;

        Assert.Equal([(Verdict.NoTraffic, 4)], findings.Select(finding => (finding.Verdict, finding.Checks)));
        Assert.True(findings[0].LastAt > findings[0].At);
    }

    [Fact]
    public async Task Validation_says_what_is_missing()
    {
        await using var bare = At(0, ("PUBLER_API_KEY", null), ("PUBLER_LIVE", "true"));
        await bare.Get<ContractResults>().KeepAsync(new("publer", 50, 2, "abc"), "ci", Ct);
        await bare.Get<FlagWatch>().RefreshAsync(Ct);

        var steps = await bare.Validation.RunAsync(Switch, Ct);
        var unknown = await bare.Validation.RunAsync("nonsense", Ct);

        Assert.Equal(
            [("flag", true), ("environment", false), ("integration", true), ("credentials of publer", false), ("health of publer", false), ("contract suite of publer", false), ("rollback target", true)],
            steps.Select(step => (step.Check, step.Ok)));
        Assert.Contains(steps, step => step.Detail == "PUBLER_API_KEY not set.");
        Assert.Equal([("flag", false), ("environment", true), ("integration", null), ("rollback target", false)], unknown.Select(step => (step.Check, step.Ok)));
    }

    private async Task StartAsync(string flag, RolloutOptions options)
    {
        await using var process = At(0);
        await process.Rollouts.StartAsync(flag, RolloutStage.Full, options, Ada, Ct);
    }
}
