using HotDash.ControlPlane.Flags;
using HotDash.TestKit;

namespace HotDash.ControlPlane.Tests.Flags;

public sealed class DecisionTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly ManualTimeProvider _clock = new(Noon);

    /// <summary>All that can decide says so, but for what is left out from the front: then the next one decides.</summary>
    [Theory]
    [InlineData(0, FlagReason.Killed, false)]
    [InlineData(1, FlagReason.Env, true)]
    [InlineData(2, FlagReason.Override, true)]
    [InlineData(3, FlagReason.Schedule, false)]
    [InlineData(4, FlagReason.Disabled, false)]
    [InlineData(5, FlagReason.Cohort, true)]
    [InlineData(6, FlagReason.Split, false)]
    public void The_first_that_says_anything_decides(int leftOut, FlagReason reason, bool on)
    {
        var flag = Compiled.Of(
            flag => flag with
            {
                Killed = leftOut < 1,
                EndDate = leftOut < 4 ? Noon : null,
                Enabled = leftOut >= 5,
                AllowedCohorts = leftOut < 6 ? ["beta"] : [],
                RolloutPercent = new(1),
            },
            leftOut < 2 ? new("FLAG_CHECKOUT", On: true) : null,
            otherwise: false,
            leftOut < 3 ? [("ada", true)] : []);

        var decision = flag.Decide("ada", "beta", _clock);

        Assert.Equal(new FlagDecision(on, reason), decision);
    }

    [Fact]
    public void A_flag_is_on_from_its_first_moment_until_just_before_its_last()
    {
        var flag = Compiled.Of(flag => flag with { Enabled = true, RolloutPercent = new(100_000), StartDate = Noon, EndDate = Noon.AddHours(1) });

        var at = new[] { -1, 0, 3599, 3600 }.Select(seconds => flag.Decide(null, null, new ManualTimeProvider(Noon.AddSeconds(seconds))).On);

        Assert.Equal([false, true, true, false], at);
    }

    [Fact]
    public void A_share_of_the_users_needs_a_user_and_nobody_or_everybody_does_not()
    {
        var decisions = new[] { 0, 50_000, 100_000 }.Select(percent =>
            Compiled.Of(flag => flag with { Enabled = true, RolloutPercent = new(percent) }).Decide(null, null, _clock));

        Assert.Equal([new(On: false, FlagReason.Static), new(On: false, FlagReason.Error, FlagProblem.NeedsUser), new(On: true, FlagReason.Static)], decisions);
    }

    [Fact]
    public void Who_is_of_none_of_its_cohorts_stands_in_the_split()
    {
        var flag = Compiled.Of(flag => flag with { Enabled = true, RolloutPercent = new(99_999), AllowedCohorts = ["internal", "beta"] });

        Assert.Equal(FlagReason.Cohort, flag.Decide("ada", "beta", _clock).Reason);
        Assert.Equal(new FlagDecision(On: true, FlagReason.Split), flag.Decide("ada", "premium", _clock));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_flag_that_nobody_has_set_is_as_the_settings_say(bool otherwise)
    {
        var flag = Compiled.Of(flag => flag with { Enabled = null }, otherwise: otherwise);

        Assert.Equal(new FlagDecision(otherwise, FlagReason.Static), flag.Decide("ada", null, _clock));
    }

    [Fact]
    public void A_monotone_flag_keeps_its_peak_until_it_is_switched_off()
    {
        var on = Flag.New("checkout") with { Enabled = true, Monotone = true, RolloutPercent = new(40_000) };
        var raised = on.Following(Flag.New("checkout"));

        var lowered = (raised with { RolloutPercent = new(10_000) }).Following(raised);
        var off = (lowered with { Enabled = false }).Following(lowered);
        var again = (off with { Enabled = true }).Following(off);

        Assert.Equal([40_000, 40_000, 10_000, 10_000], new[] { raised, lowered, off, again }.Select(flag => flag.EffectivePercent.Thousandths));
    }

    [Fact]
    public void An_explanation_ends_with_what_decided()
    {
        var random = new Random(7);

        Assert.All(Enumerable.Range(0, 2000), _ =>
        {
            var (flag, user, cohort) = (Any(random), random.Next(3) == 0 ? null : $"user-{random.Next(5)}", random.Next(2) == 0 ? null : Cohorts.All[random.Next(3)]);

            var explained = FlagExplanation.Of(flag, user, cohort, _clock);

            Assert.Equal(flag.Decide(user, cohort, _clock), explained.Decision);
            Assert.Equal([.. Enumerable.Repeat(false, explained.Steps.Count - 1), true], explained.Steps.Select(step => step.Decides));
            Assert.Contains(explained.Steps[^1].Step, StepsOf(explained.Decision.Reason));
        });
    }

    [Fact]
    public void An_explanation_tells_of_the_peak()
    {
        var flag = Compiled.Of(flag => flag with { Enabled = true, Monotone = true, RolloutPercent = new(10_000), Peak = new(40_500) });

        var last = FlagExplanation.Of(flag, "ada", null, _clock).Steps[^1];

        Assert.StartsWith("It is on for 40.5 %, its peak since it was switched on (monotone; 10 % now); the user's bucket is ", last.Detail, StringComparison.Ordinal);
    }

    private static string[] StepsOf(FlagReason reason) => reason switch
    {
        FlagReason.Killed => ["kill switch"],
        FlagReason.Env => ["environment"],
        FlagReason.Override => ["override"],
        FlagReason.Schedule => ["dates"],
        FlagReason.Disabled => ["enabled"],
        FlagReason.Cohort => ["cohort"],
        FlagReason.Static => ["enabled", "percentage"],
        _ => ["percentage"],
    };

    private static CompiledFlag Any(Random random) => Compiled.Of(
        flag => flag with
        {
            Killed = random.Next(8) == 0,
            StartDate = random.Next(3) == 0 ? Noon.AddHours(random.Next(-5, 2)) : null,
            EndDate = random.Next(3) == 0 ? Noon.AddHours(random.Next(0, 5)) : null,
            Enabled = random.Next(6) switch { 0 => null, 1 => false, _ => true },
            AllowedCohorts = [.. Cohorts.All.Take(random.Next(3))],
            RolloutPercent = new(random.Next(4) == 0 ? 0 : random.Next(100_001)),
        },
        random.Next(8) == 0 ? new("FLAG_CHECKOUT", random.Next(2) == 0) : null,
        otherwise: random.Next(2) == 0,
        random.Next(3) == 0 ? [("user-1", true), ("user-2", false)] : []);

    /// <summary>As above: what is left out from the front decides no more.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(4, false)]
    [InlineData(5, true)]
    [InlineData(6, true)]
    [InlineData(7, false)]
    public void It_is_on_for_anybody_when_there_can_be_somebody_who_has_it(int leftOut, bool on)
    {
        var flag = Compiled.Of(
            flag => flag with
            {
                Killed = leftOut < 1,
                EndDate = leftOut < 4 ? Noon : null,
                Enabled = leftOut >= 5,
                AllowedCohorts = leftOut < 6 ? ["internal"] : [],
                RolloutPercent = new(leftOut < 7 ? 1 : 0),
            },
            leftOut < 2 ? new("FLAG_CHECKOUT", On: true) : null,
            otherwise: false,
            leftOut < 3 ? [("ada", true)] : [("ada", false)]);

        Assert.Equal(on, flag.IsOnForAnybody(_clock));
    }
}
