namespace HotDash.Benchmarks.Startup;

internal sealed class StartupBenchmark : IBenchmark
{
    public string Title => "the built tree to all healthy, its stop, and its end after a SIGKILL";

    public Task RunAsync(Report report, CancellationToken ct) => throw new NotSupportedException("Not written yet.");
}
