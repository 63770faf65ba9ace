namespace HotDash.Benchmarks.Jobs;

internal sealed class JobsBenchmark : IBenchmark
{
    public string Title => "the job queue beside a bare claim-and-delete loop";

    public Task RunAsync(Report report, CancellationToken ct) => throw new NotSupportedException("Not written yet.");
}
