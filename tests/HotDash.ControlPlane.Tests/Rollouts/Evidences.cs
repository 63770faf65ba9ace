using HotDash.ControlPlane.Outcomes;
using HotDash.ControlPlane.Rollouts.Judging;
using HotDash.Integrations;

namespace HotDash.ControlPlane.Tests.Rollouts;

/// <summary>Calls as tests speak of them.</summary>
internal static class Evidences
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly JudgeRules Rules = new(0.05, 100, TimeSpan.FromSeconds(90));

    public static CallCounts Calls(long calls, long errors = 0, double milliseconds = 50)
    {
        var latencies = new long[LatencyHistogram.Classes];
        latencies[LatencyHistogram.ClassOf(TimeSpan.FromMilliseconds(milliseconds))] = calls;
        return new(calls, errors, latencies);
    }

    public static CallBucket Bucket(int number, CallCounts treated, CallCounts? untreated = null) =>
        new(Noon + (number * OutcomeBuckets.Length), treated, untreated ?? CallCounts.None);

    /// <summary>The same in each of several buckets, one after the other.</summary>
    public static IEnumerable<CallBucket> Each(int buckets, CallCounts treated, CallCounts? untreated = null, int from = 0) =>
        Enumerable.Range(from, buckets).Select(number => Bucket(number, treated, untreated));

    public static Evidence Of(IEnumerable<CallBucket> buckets, int? through = null)
    {
        var (evidence, all) = (Evidence.Begin(Noon), buckets.ToList());
        evidence.Add(all, through is { } number ? Noon + (number * OutcomeBuckets.Length) : all[^1].At + OutcomeBuckets.Length, Rules);
        return evidence;
    }

    public static Verdict VerdictOf(IEnumerable<CallBucket> buckets, int? through = null) => Judge.Of(Of(buckets, through), Rules).Verdict;

    public static long[] Kinds(params (OutcomeKind Kind, long Calls)[] counts)
    {
        var kinds = new long[Enum.GetValues<OutcomeKind>().Length];
        foreach (var (kind, calls) in counts)
            kinds[(int)kind] = calls;

        return kinds;
    }
}
