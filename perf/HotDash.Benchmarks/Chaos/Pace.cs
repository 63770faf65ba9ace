namespace HotDash.Benchmarks.Chaos;

internal static class Pace
{
    /// <summary>Begins so many things evenly over the time, whether earlier ones have ended or not, and waits for all of them.</summary>
    public static async Task KeepAsync(int count, TimeSpan span, Func<int, Task> begin, CancellationToken ct)
    {
        using var timer = new PeriodicTimer(span / count);
        var begun = new List<Task>(count);
        while (begun.Count < count && await timer.WaitForNextTickAsync(ct))
            begun.Add(begin(begun.Count));

        await Task.WhenAll(begun);
    }
}
