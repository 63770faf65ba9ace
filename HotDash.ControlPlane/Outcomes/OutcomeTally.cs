using HotDash.Integrations;

namespace HotDash.ControlPlane.Outcomes;

/// <summary>Counts of one bucket. Any number of threads add; one closes it, after which nothing is added any more.</summary>
internal sealed class OutcomeTally
{
    private static readonly int KindCount = Enum.GetValues<OutcomeKind>().Length;

    private readonly long[] _kinds = new long[KindCount];
    private readonly long[] _latencies = new long[LatencyHistogram.Classes];
    private int _adding;
    private volatile bool _closed;

    public IReadOnlyList<long> Kinds => _kinds;

    public IReadOnlyList<long> Latencies => _latencies;

    /// <returns>False when it was closed: the outcome belongs into another one.</returns>
    public bool TryAdd(OutcomeKind kind, TimeSpan duration)
    {
        Interlocked.Increment(ref _adding); // a full fence: whoever closes sees this, or we see that he did
        var open = !_closed;
        if (open)
        {
            Interlocked.Increment(ref _kinds[(int)kind]);
            Interlocked.Increment(ref _latencies[LatencyHistogram.ClassOf(duration)]);
        }

        Interlocked.Decrement(ref _adding);
        return open;
    }

    /// <summary>Returns when the last addition is over; those take nanoseconds.</summary>
    public void Close()
    {
        _closed = true;
        Interlocked.MemoryBarrier();

        var wait = default(SpinWait);
        while (Volatile.Read(ref _adding) > 0)
            wait.SpinOnce();
    }
}
