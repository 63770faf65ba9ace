namespace HotDash.Benchmarks.Resilience;

internal sealed class ResilienceBenchmark : IBenchmark
{
    public string Title => "what the standard handler adds to a call";

    public Task RunAsync(Report report, CancellationToken ct) => throw new NotSupportedException("Not written yet.");
}
