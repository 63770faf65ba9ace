using System.Text.Json;
using HotDash.ControlPlane.Outcomes;
using HotDash.ControlPlane.Rollouts.Judging;
using static HotDash.ControlPlane.Tests.Rollouts.Evidences;

namespace HotDash.ControlPlane.Tests.Rollouts;

public sealed class EvidenceTests
{
    [Theory]
    [InlineData(10, 3, 20, 4)]
    [InlineData(100, 7, 1, 0)]
    [InlineData(2, 2, 50, 30)]
    [InlineData(400, 90, 600, 120)]
    public void A_wager_against_the_others_is_worth_1_on_the_average_when_there_is_no_harm(int treated, int hits, int untreated, int untreatedHits)
    {
        var all = hits + untreatedHits;
        var (least, most) = (Math.Max(0, all - untreated), Math.Min(all, treated));
        var worth = Enumerable.Range(least, most - least + 1).Sum(x => Math.Exp(
            LogChoose(treated, x) + LogChoose(untreated, all - x) - LogChoose(treated + untreated, all) + LogWorth(Wager.Between(treated, x, untreated, all - x)!.Value, odds: 4)));

        Assert.Equal(1, worth, 1e-6);
    }

    [Theory]
    [InlineData(0.05, 1)]
    [InlineData(0.03, 0.6)]
    public void A_wager_against_the_threshold_is_worth_1_at_it_and_less_below(double rate, double atMost)
    {
        var worth = Enumerable.Range(0, 41).Sum(x => Math.Exp(
            LogChoose(40, x) + (x * Math.Log(rate)) + ((40 - x) * Math.Log(1 - rate)) + LogWorth(Wager.Against(0.05, 40, x)!.Value, odds: 2)));

        Assert.InRange(worth, 0, atMost + 1e-9);
    }

    [Fact]
    public void Nobody_bets_where_the_outcome_is_certain()
    {
        Assert.Null(Wager.Between(10, 0, 20, 0));
        Assert.Null(Wager.Between(10, 10, 20, 20));
        Assert.Null(Wager.Between(0, 0, 20, 4));
        Assert.Null(Wager.Between(10, 3, 0, 0));
        Assert.Null(Wager.Against(0.05, 0, 0));
    }

    [Fact]
    public void The_wealth_is_1_at_the_start_and_1_on_the_average_of_all_that_may_happen()
    {
        double[] odds = [2, 8];
        var worth = 0d;
        for (var path = 0; path < 16; path++)
        {
            var process = EProcess.For(odds.Length);
            for (var step = 0; step < 4; step++)
                process.Take(Wager.Between(1, (path >> step) & 1, 3, 1 - ((path >> step) & 1))!.Value, odds);

            var hits = System.Numerics.BitOperations.PopCount((uint)path);
            worth += Math.Pow(0.25, hits) * Math.Pow(0.75, 4 - hits) * Math.Exp(process.LogWealth);
        }

        Assert.Equal(0, EProcess.For(2).LogWealth);
        Assert.Equal(1, worth, 1e-9);
    }

    [Fact]
    public void The_same_buckets_give_the_same_evidence_in_whatever_portions_and_through_the_store()
    {
        var random = new Random(7);
        var buckets = Enumerable.Range(0, 200).Where(_ => random.Next(4) > 0).Select(number => Bucket(
            number, Calls(random.Next(12), 0, random.Next(1, 300)), random.Next(3) > 0 ? Calls(random.Next(1, 30), random.Next(2)) : null)).ToList();
        var whole = Of(buckets, through: 250);

        var portions = Evidence.Begin(Noon);
        for (var through = 0; through <= 250; through += random.Next(1, 20))
            portions = Again(portions, buckets, through);

        Assert.Equal(JsonSerializer.Serialize(whole), JsonSerializer.Serialize(Again(portions, buckets, 250)));
    }

    [Fact]
    public void With_little_traffic_buckets_are_compared_together_and_nobody_waits_for_a_group_that_is_not_live()
    {
        var alternating = Enumerable.Range(0, 60).Select(number => number % 2 == 0 ? Bucket(number, CallCounts.None, Calls(1)) : Bucket(number, Calls(1, errors: 1)));

        Assert.True(Of(alternating).Comparison.Peak > Math.Log(Judge.Alarm));
        Assert.Equal(3, Of(Each(3, Calls(1))).Threshold.Wagers);
    }

    [Fact]
    public void The_buckets_before_the_stage_and_those_that_are_not_complete_are_left_out()
    {
        var evidence = Evidence.Begin(Noon);

        evidence.Add(Each(10, Calls(1), from: -5), Noon + (3 * OutcomeBuckets.Length), Rules);

        Assert.Equal(3, evidence.Treated.Calls);
    }

    private static Evidence Again(Evidence evidence, IEnumerable<CallBucket> buckets, int through)
    {
        var read = JsonSerializer.Deserialize<Evidence>(JsonSerializer.Serialize(evidence))!;
        read.Add(buckets, Noon + (through * OutcomeBuckets.Length), Rules);
        return read;
    }

    private static double LogWorth(Wager wager, double odds) => (wager.Hits * Math.Log(odds)) - wager.LogMean(odds);

    private static double LogChoose(int from, int take) => Enumerable.Range(1, take).Sum(i => Math.Log((double)(from - take + i) / i));
}
