namespace HotDash.Benchmarks.Flags;

/// <summary>What asking for a flag costs, and how soon a change is known everywhere.</summary>
internal sealed class FlagsBenchmark : IBenchmark
{
    public string Title => "what asking for a flag costs, and how soon four processes know of a change";

    public async Task RunAsync(Report report, CancellationToken ct)
    {
        await EvaluationCost.RunAsync(report, ct);
        await Propagation.RunAsync(report, ct);
    }
}
