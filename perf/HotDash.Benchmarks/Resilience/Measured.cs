using System.Diagnostics;

namespace HotDash.Benchmarks.Resilience;

/// <summary>One way to make a call, and what a call of it costs in each round.</summary>
internal sealed class Measured(string name, Func<CancellationToken, ValueTask> call)
{
    private readonly List<double> _times = [];
    private readonly List<double> _processor = [];
    private readonly List<double> _bytes = [];

    public string Name => name;

    /// <summary>Median of the rounds, in nanoseconds.</summary>
    public double Time => Median(_times);

    /// <summary>Median of the rounds, in nanoseconds of this process's processor time: a busy machine does not lengthen it much.</summary>
    public double Processor => Median(_processor);

    /// <summary>Median of the rounds, in bytes.</summary>
    public double Bytes => Median(_bytes);

    /// <summary>The variants take turns, so that a busy machine slows them all. The first round warms up.</summary>
    public static async Task RoundsAsync(int rounds, int calls, CancellationToken ct, params Measured[] variants)
    {
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var variant in variants)
                await variant.RoundAsync(calls, keep: round > 0, ct);
        }
    }

    private async Task RoundAsync(int calls, bool keep, CancellationToken ct)
    {
        var bytes = GC.GetTotalAllocatedBytes();
        var processor = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();

        for (var made = 0; made < calls; made++)
            await call(ct);

        var time = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        if (!keep)
            return;

        _times.Add(time / calls);
        _processor.Add((Environment.CpuUsage.TotalTime - processor).TotalNanoseconds / calls);
        // What the measuring itself allocates is a fraction of a byte per call.
        _bytes.Add(Math.Round((GC.GetTotalAllocatedBytes() - bytes) / (double)calls));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
