using System.Diagnostics.Metrics;
using HotDash.ControlPlane.Outcomes;
using HotDash.Integrations;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.ControlPlane.Tests.Outcomes;

public sealed class OutcomeBucketsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Outcomes_of_the_same_ten_seconds_and_kind_of_call_are_counted_together()
    {
        var buckets = Buckets();

        buckets.Record(Ok(Noon));
        buckets.Record(Ok(Noon.AddSeconds(9.9)));
        buckets.Record(Ok(Noon.AddSeconds(3)) with { Kind = OutcomeKind.Timeout });
        buckets.Record(Ok(Noon.AddSeconds(10)));
        buckets.Record(Ok(Noon) with { Variant = "on" });

        var drained = buckets.Drain().OrderBy(row => row.Key.At).ThenBy(row => row.Key.Variant).ToList();
        Assert.Equal([(Noon, 2, 1), (Noon, 1, 0), (Noon.AddSeconds(10), 1, 0)],
            drained.Select(row => (new DateTimeOffset(row.Key.At, TimeSpan.Zero), (int)row.Tally.Kinds[(int)OutcomeKind.Ok], (int)row.Tally.Kinds[(int)OutcomeKind.Timeout])));
        Assert.Empty(buckets.Drain());
    }

    [Fact]
    public async Task Each_of_many_outcomes_is_in_exactly_one_drain_however_they_interleave()
    {
        const int Threads = 4, Each = 50_000;
        var buckets = Buckets();
        var drained = new List<(OutcomeKey Key, OutcomeTally Tally)>();

        var recording = Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
                buckets.Record(Ok(Noon));
        })));
        while (!recording.IsCompleted)
            drained.AddRange(buckets.Drain());
        await recording;
        drained.AddRange(buckets.Drain());

        Assert.Equal(Threads * Each, drained.Sum(row => row.Tally.Kinds.Sum()));
        Assert.Equal(Threads * Each, drained.Sum(row => row.Tally.Latencies.Sum()));
    }

    [Fact]
    public void Counting_allocates_nothing()
    {
        var buckets = Buckets();
        var outcome = Ok(Noon);
        for (var i = 0; i < 10; i++)
            buckets.Record(outcome); // the first ones begin a bucket, and load what compares keys

        var before = GC.GetAllocatedBytesForCurrentThread();
        buckets.Record(outcome);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Without_room_buckets_become_an_hour_long_and_in_the_end_outcomes_are_dropped()
    {
        var buckets = Buckets(most: 3);
        for (var i = 0; i < 100; i++)
            buckets.Record(Ok(Noon.AddSeconds(i * 10)));
        for (var i = 0; i < 100; i++)
            buckets.Record(Ok(Noon) with { Operation = $"operation-{i}" });

        var drained = buckets.Drain();

        Assert.Equal(6, drained.Count);
        Assert.Equal(100 + 3, drained.Sum(row => row.Tally.Kinds.Sum()));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(1.01, 1)]
    [InlineData(2, 3)]
    [InlineData(1024, 30)]
    [InlineData(100_000_000, LatencyHistogram.Classes - 1)]
    public void Durations_fall_into_classes_that_grow_by_a_quarter(double milliseconds, int expected)
    {
        var number = LatencyHistogram.ClassOf(TimeSpan.FromMilliseconds(milliseconds));

        Assert.Equal(expected, number);
    }

    [Fact]
    public void Quantiles_are_at_most_a_quarter_off()
    {
        var counts = new long[LatencyHistogram.Classes];
        for (var i = 1; i <= 1000; i++)
            counts[LatencyHistogram.ClassOf(TimeSpan.FromMilliseconds(i))]++;

        Assert.InRange(LatencyHistogram.Quantile(counts, 0.5)!.Value.TotalMilliseconds, 400, 625);
        Assert.InRange(LatencyHistogram.Quantile(counts, 0.99)!.Value.TotalMilliseconds, 800, 1200);
        Assert.Null(LatencyHistogram.Quantile(new long[LatencyHistogram.Classes], 0.5));
    }

    private static Outcome Ok(DateTimeOffset at) =>
        new("publer", "schedule-post", "publer", null, null, OutcomeKind.Ok, TimeSpan.FromMilliseconds(40), at);

    private static OutcomeBuckets Buckets(int most = 100) =>
        new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>(), most);
}
