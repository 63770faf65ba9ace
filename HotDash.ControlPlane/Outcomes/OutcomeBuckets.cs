using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using HotDash.Integrations;

namespace HotDash.ControlPlane.Outcomes;

/// <summary>
/// Counts outcomes in ten-second buckets, in memory, without locks, until they are drained for the store. Every outcome is in
/// exactly one drain. While the store is away buckets gather: beyond a limit they become an hour long, and beyond twice that limit
/// outcomes are dropped and counted in <c>hotdash.outcomes.dropped</c>.
/// </summary>
internal sealed class OutcomeBuckets : IOutcomeSink
{
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CoarseLength = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<OutcomeKey, OutcomeTally> _tallies = new();
    private readonly Counter<long> _dropped;
    private readonly int _most;
    private int _count;

    public OutcomeBuckets(IMeterFactory meters)
        : this(meters, most: 20_000)
    {
    }

    /// <param name="most">Buckets of ten seconds; each takes about 700 bytes.</param>
    internal OutcomeBuckets(IMeterFactory meters, int most)
    {
        _most = most;
        _dropped = meters.Create("HotDash.Outcomes").CreateCounter<long>("hotdash.outcomes.dropped", "{call}", "Outcomes that were not counted for want of room.");
    }

    public void Record(in Outcome outcome)
    {
        var key = KeyOf(outcome);
        while (true)
        {
            if (!_tallies.TryGetValue(key, out var tally) && (tally = Begin(key)) is null)
            {
                _dropped.Add(1, new KeyValuePair<string, object?>("integration", outcome.Integration));
                return;
            }

            if (tally.TryAdd(outcome.Kind, outcome.Duration))
                return; // else it was drained a moment ago, and is not in the dictionary any more
        }
    }

    /// <summary>Everything that was counted since the last time. One caller at a time.</summary>
    public IReadOnlyList<(OutcomeKey Key, OutcomeTally Tally)> Drain()
    {
        List<(OutcomeKey Key, OutcomeTally Tally)> drained = [];
        foreach (var (key, tally) in _tallies)
        {
            if (!_tallies.TryRemove(new(key, tally)))
                continue;

            tally.Close();
            Interlocked.Decrement(ref _count);
            drained.Add((key, tally));
        }

        return drained;
    }

    private OutcomeKey KeyOf(in Outcome outcome)
    {
        var length = Volatile.Read(ref _count) < _most ? Length : CoarseLength;
        var at = outcome.At.UtcTicks;

        return new(at - (at % length.Ticks), outcome.Integration, outcome.Operation, outcome.Source, outcome.Flag, outcome.Variant);
    }

    private OutcomeTally? Begin(in OutcomeKey key)
    {
        if (Volatile.Read(ref _count) >= 2 * _most)
            return null;

        var ours = new OutcomeTally();
        var tally = _tallies.GetOrAdd(key, ours);
        if (tally == ours)
            Interlocked.Increment(ref _count);

        return tally;
    }
}
