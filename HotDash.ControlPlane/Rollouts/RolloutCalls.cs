using HotDash.ControlPlane.Rollouts.Judging;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using Npgsql;

namespace HotDash.ControlPlane.Rollouts;

/// <summary>The live calls that a flag decided about.</summary>
internal sealed class RolloutCalls(NpgsqlDataSource store)
{
    /// <returns>Buckets that began in the time given, in order; those without a call are missing.</returns>
    public async Task<IReadOnlyList<CallBucket>> ReadAsync(string flag, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        var rows = await store.QueryAsync<Row>(
            $"""
            select at as At, variant = 'on' as Treated, kinds as Kinds, latencies as Latencies from outcomes
            where flag = @flag and variant in ('on', 'off') and source not in ({OutcomeSources.NotCalls}) and at >= @from and at < @to
            """,
            new { flag, from = from.UtcDateTime, to = to.UtcDateTime }, ct);

        return [.. rows.GroupBy(row => row.At).OrderBy(bucket => bucket.Key).Select(bucket => new CallBucket(
            new(bucket.Key), Sum(bucket.Where(row => row.Treated)), Sum(bucket.Where(row => !row.Treated))))];
    }

    private static CallCounts Sum(IEnumerable<Row> rows) =>
        rows.Aggregate(CallCounts.None, (sum, row) => sum.Plus(CallCounts.Of(row.Kinds, row.Latencies)));

    private sealed class Row
    {
        public DateTime At { get; init; }

        public bool Treated { get; init; }

        public long[] Kinds { get; init; } = [];

        public long[] Latencies { get; init; } = [];
    }
}
