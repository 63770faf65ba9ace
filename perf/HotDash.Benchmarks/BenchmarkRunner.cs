using System.Runtime.InteropServices;

namespace HotDash.Benchmarks;

internal static class BenchmarkRunner
{
    /// <returns>0 when every goal was reached, 1 when one was missed, 2 when a name is unknown.</returns>
    public static async Task<int> RunAsync(string[] names, Dictionary<string, IBenchmark> benchmarks)
    {
        if (names is [] || !names.All(benchmarks.ContainsKey))
        {
            Console.Error.WriteLine("Name what to measure:");
            Console.Error.WriteLine(string.Join('\n', benchmarks.Select(b => $"  {b.Key,-12} {b.Value.Title}")));

            return 2;
        }

        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Cancel(signal, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Cancel(signal, stop));
        var report = new Report(Console.Out);
        report.Note($"{Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");

        foreach (var name in names)
        {
            Console.WriteLine($"{name}: {benchmarks[name].Title}");
            var stolen = new StolenTime();
            await benchmarks[name].RunAsync(report, stop.Token);
            stolen.Tell(report);
        }

        return report.GoalMissed ? 1 : 0;
    }

    // Cancelling instead of dying lets a benchmark stop the processes that it started.
    private static void Cancel(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        stop.Cancel();
    }
}
