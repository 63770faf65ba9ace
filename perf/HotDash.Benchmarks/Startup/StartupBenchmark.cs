using System.Diagnostics;

namespace HotDash.Benchmarks.Startup;

/// <summary>The built AppHost three times, with a state folder of its own: new, after a stop, after a SIGKILL.</summary>
internal sealed class StartupBenchmark : IBenchmark
{
    public string Title => "the built tree to all healthy, its stop, and its end after a SIGKILL";

    public async Task RunAsync(Report report, CancellationToken ct)
    {
        if (!OperatingSystem.IsLinux())
        {
            report.Note("Skipped: who is left of a process family is read from /proc, which only Linux has.");
            return;
        }

        var state = Directory.CreateTempSubdirectory("hotdash-startup-").FullName;

        try
        {
            await MeasureAsync(report, "a new state folder", state, AppHostProcess.Terminate, "stopped, everything gone", 5, ct);
            await MeasureAsync(report, "a stop", state, AppHostProcess.Kill, "everything gone after SIGKILL", 15, ct);
            await MeasureAsync(report, "a SIGKILL", state, AppHostProcess.Terminate, "stopped, everything gone", 5, ct);
        }
        finally
        {
            Directory.Delete(state, recursive: true);
        }
    }

    private static async Task MeasureAsync(
        Report report, string after, string state, Action<AppHostProcess> end, string ended, double endGoal, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        await using var appHost = AppHostProcess.Start(state);
        await appHost.AllHealthyAsync(ct);
        report.AtMost($"all healthy, after {after}", Stopwatch.GetElapsedTime(started).TotalSeconds, "s", goal: 12);

        var told = Stopwatch.GetTimestamp();
        end(appHost);
        await appHost.GoneAsync(ct);
        report.AtMost(ended, Stopwatch.GetElapsedTime(told).TotalSeconds, "s", endGoal);
    }
}
