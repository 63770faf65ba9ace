using HotDash.ControlPlane.Outcomes;

namespace HotDash.ControlPlane.Rollouts.Judging;

/// <summary>
/// The calls that are compared with each other: those of one bucket, so that what befalls both groups at a time tells nothing. With little traffic
/// one group is often missing from a bucket; then several make one, up to a minute.
/// </summary>
internal static class Stratum
{
    private const int Enough = 10;
    private const int ClassesPerDoubling = 3;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    /// <param name="lastUntreated">When the other group was last seen: one that makes no live calls is not waited for.</param>
    public static bool IsFull(CallBucket stratum, DateTimeOffset? lastUntreated) =>
        (stratum.Treated.Calls >= Enough && stratum.Untreated.Calls >= Enough) || !(stratum.At - lastUntreated < Remembered);

    public static bool IsOver(CallBucket stratum, DateTimeOffset now) => now - stratum.At >= Longest;

    /// <summary>A call is slow when it took more than twice as long as half of the other group's calls before.</summary>
    /// <param name="before">The other group's calls; not those of the stratum itself, which must not choose what they are measured by.</param>
    /// <returns>A class of <see cref="LatencyHistogram"/>; null while there are too few.</returns>
    public static int? SlowClass(CallCounts before)
    {
        var half = before.Timed() / 2d;
        if (half < Enough)
            return null;

        var (number, sum) = (0, before.Latencies[0]);
        while (sum < half)
            sum += before.Latencies[++number];

        return number + ClassesPerDoubling;
    }
}
