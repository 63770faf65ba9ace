using System.Diagnostics;

namespace HotDash.Benchmarks.Webhooks;

/// <summary>So many a second, whether earlier ones have ended or not.</summary>
internal static class Pace
{
    /// <returns>How long each took, from when it was to begin, in ms; the shortest first.</returns>
    public static async Task<double[]> KeepAsync(int perSecond, TimeSpan time, Func<CancellationToken, Task> once, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        var all = new List<Task<double>>();
        for (var i = 0; i < perSecond * time.TotalSeconds; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / perSecond);
            if (due - Stopwatch.GetElapsedTime(began) is var wait && wait > TimeSpan.Zero)
                await Task.Delay(wait, ct);
            all.Add(TimeAsync(once, began + (long)(due.TotalSeconds * Stopwatch.Frequency), ct));
        }

        return [.. (await Task.WhenAll(all)).Order()];
    }

    private static async Task<double> TimeAsync(Func<CancellationToken, Task> once, long due, CancellationToken ct)
    {
        await once(ct);
        return Stopwatch.GetElapsedTime(due).TotalMilliseconds;
    }
}
