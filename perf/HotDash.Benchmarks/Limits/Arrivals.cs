using System.Diagnostics;

namespace HotDash.Benchmarks.Limits;

/// <summary>When calls arrived at the provider, noted just before it.</summary>
internal sealed class Arrivals
{
    private readonly Lock _gate = new();
    private readonly List<TimeSpan> _times = [];

    public static TimeSpan Now => Stopwatch.GetElapsedTime(0);

    /// <summary>A client sends a request in one piece, and the next one after the answer.</summary>
    public void Note(ReadOnlySpan<byte> sent)
    {
        if (!sent.StartsWith("GET /publer"u8))
            return;

        lock (_gate)
            _times.Add(Now);
    }

    /// <returns>How many the fullest window held, wherever it began.</returns>
    public int Fullest(TimeSpan window)
    {
        var (times, most, first) = (Between(TimeSpan.MinValue, TimeSpan.MaxValue), 0, 0);
        for (var last = 0; last < times.Count; last++)
        {
            while (times[last] - times[first] >= window)
                first++;

            most = Math.Max(most, last - first + 1);
        }

        return most;
    }

    /// <returns>How many a window held on the average of all windows between two moments, wherever they began.</returns>
    public double Average(TimeSpan window, TimeSpan from, TimeSpan to)
    {
        var positions = to - from - window;
        var covered = Between(from, to).Sum(at => (Min(at, to - window) - Max(at - window, from)).TotalSeconds);

        return covered / positions.TotalSeconds;
    }

    public int Count(TimeSpan from, TimeSpan to) => Between(from, to).Count;

    private List<TimeSpan> Between(TimeSpan from, TimeSpan to)
    {
        lock (_gate)
            return [.. _times.Where(at => at >= from && at < to).Order()];
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
