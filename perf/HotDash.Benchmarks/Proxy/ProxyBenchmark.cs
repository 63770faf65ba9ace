namespace HotDash.Benchmarks.Proxy;

internal sealed class ProxyBenchmark : IBenchmark
{
    public string Title => "requests through the proxy beside direct ones";

    public Task RunAsync(Report report, CancellationToken ct) => throw new NotSupportedException("Not written yet.");
}
