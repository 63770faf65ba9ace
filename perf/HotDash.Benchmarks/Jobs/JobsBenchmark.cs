using HotDash.TestKit;

namespace HotDash.Benchmarks.Jobs;

/// <summary>On a Postgres that flushes every commit to disk, as production does.</summary>
internal sealed class JobsBenchmark : IBenchmark
{
    public string Title => "the job queue beside a bare claim-and-delete loop, and what killed workers cost";

    public async Task RunAsync(Report report, CancellationToken ct)
    {
        await using var postgres = new DurablePostgresFixture();

        await new Throughput(postgres).RunAsync(report, ct);
        await new Kills(postgres).RunAsync(report, ct);
    }
}
