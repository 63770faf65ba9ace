namespace HotDash.Benchmarks.Limits;

/// <summary>Whether the limits hold for four processes in any circumstance, and how much of them is used.</summary>
internal sealed class LimitsBenchmark : IBenchmark
{
    public string Title => "fleet-wide limits against the sandbox: full demand, a kill, a cut-off process, a stopped store";

    public async Task RunAsync(Report report, CancellationToken ct)
    {
        await TakeCost.RunAsync(report, ct);
        await new LimitRun("10/1s", 10, TimeSpan.FromSeconds(1), goal: 0.7).RunAsync(report, ct);
        await new LimitRun("100/10s", 100, TimeSpan.FromSeconds(10), goal: 0.85).RunAsync(report, ct);
    }
}
