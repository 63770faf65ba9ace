using HotDash.ControlPlane.Outcomes;
using HotDash.Integrations;

namespace HotDash.ControlPlane.Rollouts.Judging;

/// <summary>Calls of one group of users.</summary>
/// <param name="Latencies">By class of <see cref="LatencyHistogram"/>.</param>
internal sealed record CallCounts(long Calls, long Errors, long[] Latencies)
{
    public static CallCounts None { get; } = new(0, 0, new long[LatencyHistogram.Classes]);

    /// <summary>
    /// <c>not_found</c> and <c>conflict</c> are answers of a provider that works, about what a caller asked for. What was not sent because
    /// somebody switched or paused the integration says nothing. Everything else that is not ok is an error, <c>rejected</c> too: the request
    /// is ours, and how it is built is part of what is rolled out.
    /// </summary>
    public static CallCounts Of(long[] kinds, long[] latencies)
    {
        var (calls, errors) = (0L, 0L);
        for (var kind = 0; kind < kinds.Length; kind++)
        {
            calls += Counts((OutcomeKind)kind) ? kinds[kind] : 0;
            errors += IsError((OutcomeKind)kind) ? kinds[kind] : 0;
        }

        return new(calls, errors, latencies);
    }

    public CallCounts Plus(CallCounts other) => new(Calls + other.Calls, Errors + other.Errors, Sum(Latencies, other.Latencies));

    /// <summary>How many took longer than a class.</summary>
    public long SlowerThan(int latencyClass)
    {
        var slower = 0L;
        for (var i = latencyClass + 1; i < Latencies.Length; i++)
            slower += Latencies[i];

        return slower;
    }

    public long Timed() => SlowerThan(-1);

    internal static bool IsError(OutcomeKind kind) => Counts(kind) && kind is not (OutcomeKind.Ok or OutcomeKind.NotFound or OutcomeKind.Conflict);

    internal static bool Counts(OutcomeKind kind) => kind is not (OutcomeKind.IntegrationDisabled or OutcomeKind.IntegrationPaused);

    private static long[] Sum(long[] one, long[] other)
    {
        var sum = new long[Math.Max(one.Length, other.Length)];
        for (var i = 0; i < sum.Length; i++)
            sum[i] = (i < one.Length ? one[i] : 0) + (i < other.Length ? other[i] : 0);

        return sum;
    }
}

/// <summary>The live calls of ten seconds: of those who have the flag, and of the others.</summary>
internal sealed record CallBucket(DateTimeOffset At, CallCounts Treated, CallCounts Untreated);
