using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using Npgsql;

namespace HotDash.ControlPlane.Outcomes;

/// <summary>Which outcomes; null stands for all, but for health checks and counted answers, which are asked for by their source.</summary>
/// <param name="Span">So far back from now.</param>
public sealed record OutcomeFilter(
    TimeSpan Span, string? Integration = null, string? Operation = null, string? Source = null, string? Flag = null, string? Variant = null);

/// <summary>Some calls together.</summary>
/// <param name="Counts">Calls by <c>ok</c> or failure code; none that is zero.</param>
/// <param name="ErrorRate">Of all calls, those that were not ok: 0 to 1. Null when there was no call.</param>
/// <param name="Median">Half of the calls were not slower; <paramref name="P95"/> and <paramref name="P99"/> alike. At most a quarter off.</param>
public sealed record OutcomeSummary(
    long Calls, IReadOnlyDictionary<string, long> Counts, double? ErrorRate, TimeSpan? Median, TimeSpan? P95, TimeSpan? P99);

/// <summary>One kind of call in one stretch of ten seconds.</summary>
public sealed record OutcomeBucket(
    DateTimeOffset At, string Integration, string Operation, string Source, string? Flag, string? Variant, OutcomeSummary Summary);

/// <summary>How calls to providers went, by what all processes counted up to a few seconds ago.</summary>
public sealed class OutcomeReads(NpgsqlDataSource store)
{
    private const string Matching =
        $"""
        from outcomes
        where at >= hotdash_now() - @Span
          and (@Integration::text is null or integration = @Integration) and (@Operation::text is null or operation = @Operation)
          and (source = @Source or @Source::text is null and source not in ({OutcomeSources.NotCalls}))
          and (@Flag::text is null or flag = @Flag) and (@Variant::text is null or variant = @Variant)
        """;

    /// <summary>By integration; one without a call is missing.</summary>
    public async Task<IReadOnlyDictionary<string, OutcomeSummary>> SummariseEachAsync(OutcomeFilter filter, CancellationToken ct = default)
    {
        var rows = await store.QueryAsync<Row>($"select integration, kinds, latencies {Matching}", filter, ct);

        return rows.GroupBy(row => row.Integration, StringComparer.Ordinal).ToDictionary(group => group.Key, Summarise, StringComparer.Ordinal);
    }

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<OutcomeBucket>> LastAsync(OutcomeFilter filter, int atMost, CancellationToken ct = default)
    {
        var rows = await store.QueryAsync<Row>(
            $"select at, integration, operation, source, flag, variant, kinds, latencies {Matching} order by at desc, operation, source limit {atMost}", filter, ct);

        return [.. rows.Select(row => new OutcomeBucket(new(row.At), row.Integration, row.Operation, row.Source, row.Flag, row.Variant, Summarise([row])))];
    }

    private static OutcomeSummary Summarise(IEnumerable<Row> rows)
    {
        var (kinds, latencies) = (new long[Enum.GetValues<OutcomeKind>().Length], new long[LatencyHistogram.Classes]);
        foreach (var row in rows)
        {
            Add(kinds, row.Kinds);
            Add(latencies, row.Latencies);
        }

        var calls = kinds.Sum();
        var counts = Enum.GetValues<OutcomeKind>().Where(kind => kinds[(int)kind] > 0).ToDictionary(kind => kind.Code(), kind => kinds[(int)kind], StringComparer.Ordinal);

        return new(calls, counts, calls == 0 ? null : 1 - ((double)kinds[(int)OutcomeKind.Ok] / calls),
            LatencyHistogram.Quantile(latencies, 0.5), LatencyHistogram.Quantile(latencies, 0.95), LatencyHistogram.Quantile(latencies, 0.99));
    }

    /// <summary>A newer build may know more kinds than this one.</summary>
    private static void Add(long[] sums, long[] counts)
    {
        for (var i = 0; i < Math.Min(sums.Length, counts.Length); i++)
            sums[i] += counts[i];
    }

    private sealed class Row
    {
        public DateTime At { get; init; }

        public string Integration { get; init; } = "";

        public string Operation { get; init; } = "";

        public string Source { get; init; } = "";

        public string? Flag { get; init; }

        public string? Variant { get; init; }

        public long[] Kinds { get; init; } = [];

        public long[] Latencies { get; init; } = [];
    }
}
