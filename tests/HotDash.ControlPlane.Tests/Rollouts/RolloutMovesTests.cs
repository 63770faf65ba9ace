using HotDash.ControlPlane.Flags;
using HotDash.ControlPlane.Rollouts;
using HotDash.ControlPlane.Rollouts.Judging;
using HotDash.Integrations;

namespace HotDash.ControlPlane.Tests.Rollouts;

public sealed class RolloutMovesTests
{
    private static readonly Flag Flag = Flag.New("checkout") with { Enabled = true, RolloutPercent = new(10_000), AllowedCohorts = ["beta", "internal"] };

    private static readonly Rollout Beta = new(
        "checkout", Guid.Empty, 1, RolloutState.Running, RolloutStage.Beta, RolloutStage.Full, RolloutStage.Internal, ["beta"], RolloutOptions.Default, "", default, "ada", default,
        default(DateTimeOffset), Verdict.Healthy, "well");

    private static readonly RolloutHealth Well = new(Ok: true, "publer works");
    private static readonly RolloutHealth Ill = new(Ok: false, "publer: our key was refused");

    [Theory]
    [InlineData(null, "start")]
    [InlineData(RolloutState.Running, "advance, pause, rollback, check")]
    [InlineData(RolloutState.AwaitingApproval, "advance, pause, rollback, check")]
    [InlineData(RolloutState.Paused, "resume, rollback, check")]
    [InlineData(RolloutState.Completed, "start, rollback")]
    [InlineData(RolloutState.RolledBack, "start")]
    public void An_illegal_move_is_refused_with_the_legal_ones(RolloutState? state, string legal)
    {
        string[] all = ["start", "advance", "pause", "resume", "rollback", "check"];

        foreach (var move in all.Except(legal.Split(", ")))
            Assert.Contains($"Possible now: {legal}.", Assert.Throws<IllegalMoveException>(() => RolloutMoves.Require(state, move)).Message, StringComparison.Ordinal);
        foreach (var move in legal.Split(", "))
            RolloutMoves.Require(state, move);
    }

    [Fact]
    public void The_stages_follow_each_other_and_none_is_skipped()
    {
        var (rollout, percents) = (Transition.Start(Flag with { Enabled = null }, RolloutStage.Full, RolloutOptions.Default, Guid.Empty, "ada").After, new List<(string, decimal)>());
        for (; rollout.State is RolloutState.Running; rollout = Transition.Advance(rollout).After)
            percents.Add((rollout.Stage.ToUpperSnakeCase(), rollout.Stage.Percent().Value));

        Assert.Equal([("INTERNAL", 0), ("BETA", 10), ("EARLY_ACCESS", 25), ("LIMITED", 50), ("GENERAL", 75), ("FULL", 100)], percents);
        Assert.Equal(RolloutState.Completed, rollout.State);
    }

    [Theory]
    [InlineData(true, 10_000, RolloutStage.Beta)]
    [InlineData(true, 9_999, RolloutStage.Internal)]
    [InlineData(true, 30_000, RolloutStage.EarlyAccess)]
    [InlineData(false, 30_000, RolloutStage.Internal)]
    [InlineData(null, 0, RolloutStage.Internal)]
    [InlineData(null, 0, RolloutStage.Full, true)]
    [InlineData(false, 0, RolloutStage.Internal, true)]
    public void It_begins_where_the_flag_is(bool? enabled, int thousandths, RolloutStage expected, bool otherwise = false) => Assert.Equal(
        expected, Transition.Start(Flag with { Enabled = enabled, RolloutPercent = new(thousandths) }, RolloutStage.Full, RolloutOptions.Default, Guid.Empty, "ada", otherwise).After.Stage);

    [Fact]
    public void A_target_that_is_passed_already_and_a_killed_flag_are_refused()
    {
        Assert.Contains("EARLY_ACCESS already", Assert.Throws<IllegalMoveException>(() =>
            Transition.Start(Flag with { RolloutPercent = new(25_000) }, RolloutStage.Beta, RolloutOptions.Default, Guid.Empty, "ada")).Message, StringComparison.Ordinal);
        Assert.Throws<IllegalMoveException>(() => Transition.Start(Flag with { Killed = true }, RolloutStage.Beta, RolloutOptions.Default, Guid.Empty, "ada"));
    }

    [Fact]
    public void The_cohort_internal_has_it_from_the_first_stage_on_and_the_others_of_the_flag_from_beta_on()
    {
        Assert.Equal(["internal"], Flag.At(RolloutStage.Internal, ["beta"]).AllowedCohorts);
        Assert.Equal(["beta", "internal"], Flag.At(RolloutStage.Beta, ["beta"]).AllowedCohorts);
        Assert.Equal(["beta"], Flag.At(RolloutStage.Disabled, ["beta"]).AllowedCohorts);
        Assert.False(Flag.At(RolloutStage.Disabled, ["beta"]).Enabled);
    }

    [Theory]
    [InlineData(false, false, RolloutStage.Internal)]
    [InlineData(true, false, RolloutStage.Disabled)] // a lower percentage takes nobody out
    [InlineData(false, true, RolloutStage.Disabled)] // what it switches is disconnected
    public void A_rollback_goes_to_the_last_good_stage_or_off(bool monotone, bool switches, RolloutStage expected)
    {
        var step = Transition.Rollback(Beta, Flag with { Monotone = monotone }, switches);

        Assert.Equal((expected, RolloutState.RolledBack, switches ? false : null), (step.Flag, step.After.State, step.Connects));
        Assert.Equal(RolloutStage.Disabled, Transition.Rollback(Beta with { LastGood = null }, Flag, switches).Flag);
    }

    [Theory]
    [InlineData(RolloutState.Running, true, "pause")]
    [InlineData(RolloutState.AwaitingApproval, true, "pause")]
    [InlineData(RolloutState.Paused, true, null)]
    [InlineData(RolloutState.Running, false, "rollback")]
    [InlineData(RolloutState.AwaitingApproval, false, "rollback")]
    [InlineData(RolloutState.Paused, false, "rollback")]
    public void Harm_and_a_failed_health_check_are_answered_in_every_state(RolloutState state, bool pauses, string? expected)
    {
        var rollout = Beta with { State = state, Options = Beta.Options with { PauseOnError = pauses, AutoAdvanceAfter = TimeSpan.Zero } };

        Assert.Equal(expected, Next(rollout with { Verdict = Verdict.Regressing })?.Step.Action);
        Assert.Equal(expected, Next(rollout, health: Ill)?.Step.Action);
        Assert.Equal(state is RolloutState.Paused ? null : "pause", Next(rollout, Flag with { RolloutPercent = new(20_000) })?.Step.Action);
    }

    [Theory]
    [InlineData(Verdict.Healthy, 59, null)]
    [InlineData(Verdict.Healthy, 60, "advance")]
    [InlineData(Verdict.Inconclusive, 600, null)]
    [InlineData(Verdict.NoTraffic, 600, null)]
    [InlineData(Verdict.ProviderDown, 600, null)]
    public void Only_health_advances_and_only_after_its_time(Verdict verdict, int seconds, string? expected)
    {
        var automatic = Beta with { Verdict = verdict, Options = Beta.Options with { AutoAdvanceAfter = TimeSpan.FromMinutes(1) } };
        var approved = automatic with { Options = automatic.Options with { RequireApprovalPerStage = true } };

        Assert.Equal(expected, Next(automatic, seconds: seconds)?.Step.Action);
        Assert.Equal(expected is null ? null : "await-approval", Next(approved, seconds: seconds)?.Step.Action);
        Assert.Equal(expected is null ? "go-on-watching" : null, Next(approved with { State = RolloutState.AwaitingApproval }, seconds: seconds)?.Step.Action);
        Assert.Null(Next(Beta with { Verdict = verdict }, seconds: seconds));
    }

    private static (Transition Step, string Reason)? Next(Rollout rollout, Flag? flag = null, RolloutHealth? health = null, int seconds = 0) =>
        NextStep.Of(rollout, flag ?? Flag, health ?? Well, TimeSpan.FromSeconds(seconds), switchesIntegrations: false);
}
