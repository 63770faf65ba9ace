namespace HotDash.Benchmarks.Chaos;

/// <summary>One kind of write, each told by its text.</summary>
internal interface IWrites
{
    string Name { get; }

    /// <summary>Whatever must be known beforehand, while all is well.</summary>
    Task PrepareAsync(CancellationToken ct);

    /// <summary>Returns when HotDash has it: from then on it must neither get lost nor happen twice.</summary>
    Task WriteAsync(string text, CancellationToken ct);

    /// <summary>Those that HotDash has yet to bring there.</summary>
    Task<long> CountOpenAsync(CancellationToken ct);

    /// <summary>The texts that the provider has, one for each effect.</summary>
    Task<IEnumerable<string>> EffectsAsync(CancellationToken ct);
}
