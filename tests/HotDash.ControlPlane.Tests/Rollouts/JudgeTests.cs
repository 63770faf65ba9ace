using HotDash.ControlPlane.Outcomes;
using HotDash.ControlPlane.Rollouts.Judging;
using HotDash.Integrations;
using static HotDash.ControlPlane.Tests.Rollouts.Evidences;

namespace HotDash.ControlPlane.Tests.Rollouts;

public sealed class JudgeTests
{
    [Theory]
    [InlineData(99, 0, Verdict.Inconclusive)]
    [InlineData(100, 0, Verdict.Healthy)]
    [InlineData(100, 5, Verdict.Healthy)]
    [InlineData(100, 6, Verdict.Regressing)]
    [InlineData(99, 9, Verdict.Inconclusive)]
    [InlineData(40, 20, Verdict.Regressing)] // far more than chance explains
    public void Without_live_calls_of_the_others_the_threshold_decides_from_the_minimum_sample_on(int calls, int errors, Verdict expected) =>
        Assert.Equal(expected, VerdictOf([Bucket(0, Calls(calls, errors))]));

    [Fact]
    public void A_share_of_errors_that_is_no_harm_by_the_threshold_is_one_beside_others_who_have_few()
    {
        var judgement = Judge.Of(Of(Each(40, Calls(50, errors: 2), Calls(50))), Rules);

        Assert.Equal(Verdict.Regressing, judgement.Verdict);
        Assert.Contains("80 of 2000 calls failed", judgement.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_groups_alike_are_healthy_as_long_as_one_likes() =>
        Assert.Equal(Verdict.Healthy, VerdictOf(Each(2000, Calls(50, errors: 1), Calls(50, errors: 1))));

    [Fact]
    public void An_outage_of_both_groups_is_the_providers_and_no_harm_also_when_the_treated_are_most_of_those_who_call_then()
    {
        var quiet = Each(50, Calls(10), Calls(90));
        var outage = Each(20, Calls(90, errors: 45), Calls(10, errors: 5), from: 50);

        Assert.Equal(Verdict.ProviderDown, VerdictOf(quiet.Concat(outage)));
    }

    [Fact]
    public void An_outage_after_a_long_good_time_is_seen_though_the_share_of_all_calls_is_still_small() =>
        Assert.Equal(Verdict.ProviderDown, VerdictOf(Each(1000, Calls(50), Calls(50)).Concat(Each(5, Calls(50, errors: 20), Calls(50, errors: 20), from: 1000))));

    [Fact]
    public void Harm_that_begins_after_a_long_good_time_is_noticed_within_seconds()
    {
        var good = Each(10_000, Calls(50, errors: 1), Calls(50, errors: 1));

        Assert.Equal(Verdict.Healthy, VerdictOf(good));
        Assert.Equal(Verdict.Regressing, VerdictOf(good.Concat(Each(6, Calls(50, errors: 10), Calls(50, errors: 1), from: 10_000))));
        Assert.Equal(Verdict.Regressing, VerdictOf(good.Concat(Each(6, Calls(50, errors: 15), from: 10_000)))); // the others are mock now
    }

    [Fact]
    public void An_alarm_stays_one_when_better_calls_follow() =>
        Assert.Equal(Verdict.Regressing, VerdictOf(Each(6, Calls(50, errors: 15), Calls(50)).Concat(Each(3000, Calls(50, errors: 1), Calls(50, errors: 1), from: 6))));

    [Theory]
    [InlineData(7, 0)]
    [InlineData(7, 1)]
    public void Seven_calls_of_100_ms_against_one_and_three_of_1_ms_again_and_again_are_harm_beyond_the_minimum_sample(int slow, int slowOthers)
    {
        var buckets = Each(30, Calls(slow, milliseconds: 100), Calls(slowOthers, milliseconds: 100).Plus(Calls(4 - slowOthers, milliseconds: 1))).ToList();

        Assert.Equal(Verdict.Inconclusive, VerdictOf(buckets.Take(14)));
        Assert.Equal(Verdict.Regressing, VerdictOf(buckets));
    }

    [Fact]
    public void A_tenth_longer_is_no_harm_and_neither_is_a_provider_that_gets_slow_for_all()
    {
        Assert.Equal(Verdict.Healthy, VerdictOf(Each(500, Calls(50, milliseconds: 110), Calls(50, milliseconds: 100))));
        Assert.Equal(Verdict.Healthy, VerdictOf(Each(50, Calls(50, milliseconds: 10), Calls(50, milliseconds: 10)).Concat(Each(50, Calls(50, milliseconds: 5000), Calls(50, milliseconds: 5000), from: 50))));
    }

    [Fact]
    public void Without_a_treated_call_nothing_is_healthy_and_after_a_while_there_is_no_traffic()
    {
        Assert.Equal(Verdict.Inconclusive, VerdictOf(Each(9, CallCounts.None, Calls(50))));
        Assert.Equal(Verdict.NoTraffic, VerdictOf(Each(10, CallCounts.None, Calls(50))));
    }

    [Fact]
    public void Traffic_that_vanishes_later_is_no_traffic()
    {
        var good = Each(30, Calls(50), Calls(50));

        Assert.Equal(Verdict.Healthy, VerdictOf(good, through: 38));
        Assert.Equal(Verdict.NoTraffic, VerdictOf(good, through: 39));
    }

    [Fact]
    public void What_a_caller_asked_wrongly_is_no_error_and_what_was_not_sent_no_call()
    {
        var kinds = Kinds((OutcomeKind.Ok, 1), (OutcomeKind.NotFound, 2), (OutcomeKind.Conflict, 4), (OutcomeKind.IntegrationDisabled, 8), (OutcomeKind.IntegrationPaused, 16),
            (OutcomeKind.Timeout, 32), (OutcomeKind.Rejected, 64), (OutcomeKind.CircuitOpen, 128));

        var counts = CallCounts.Of(kinds, new long[LatencyHistogram.Classes]);

        Assert.Equal((231, 224), (counts.Calls, counts.Errors));
    }
}
