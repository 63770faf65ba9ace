namespace HotDash.Benchmarks;

/// <summary>Measures one thing and reports its figures beside the goals that HotDash has set itself.</summary>
internal interface IBenchmark
{
    /// <summary>What is measured, in one line.</summary>
    string Title { get; }

    Task RunAsync(Report report, CancellationToken ct);
}
