using System.Diagnostics.Metrics;
using HotDash.ControlPlane.Outcomes;
using HotDash.Integrations;
using HotDash.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace HotDash.ControlPlane.Tests.Outcomes;

public sealed class OutcomeFlusherTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private static readonly OutcomeFilter Everything = new(TimeSpan.FromHours(1));
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task What_several_processes_counted_is_added_up()
    {
        var (one, other) = (Buckets(), Buckets());
        one.Record(Ok(milliseconds: 10));
        one.Record(Ok(milliseconds: 10));
        other.Record(Ok(milliseconds: 10) with { Kind = OutcomeKind.Unavailable });
        other.Record(Ok(milliseconds: 1000) with { Integration = "chatwoot" });

        using var first = Flusher(one, Store);
        using var second = Flusher(other, Store);
        await first.FlushAsync(Ct);
        await second.FlushAsync(Ct);

        var each = await new OutcomeReads(Store).SummariseEachAsync(Everything, Ct);
        Assert.Equal(["chatwoot", "publer"], each.Keys.Order());
        Assert.Equal((3, 2, 1), (each["publer"].Calls, each["publer"].Counts["ok"], each["publer"].Counts["unavailable"]));
        Assert.Equal(1 / 3.0, each["publer"].ErrorRate!.Value, 5);
        Assert.InRange(each["publer"].P95!.Value.TotalMilliseconds, 8, 12.5);
    }

    [Fact]
    public async Task The_last_outcomes_come_newest_first_and_by_kind_of_call()
    {
        var buckets = Buckets();
        buckets.Record(Ok() with { At = DateTimeOffset.UtcNow.AddMinutes(-40), Flag = "PUBLER_LIVE", Variant = "on" });
        buckets.Record(Ok() with { Operation = "list-posts", Kind = OutcomeKind.NotFound });
        using var flusher = Flusher(buckets, Store);
        await flusher.FlushAsync(Ct);

        var last = await new OutcomeReads(Store).LastAsync(Everything, 10, Ct);
        var ofVariant = await CallsAsync(Everything with { Variant = "on" });
        var recent = await CallsAsync(Everything with { Span = TimeSpan.FromMinutes(20) });

        Assert.Equal([("list-posts", null), ("schedule-post", "on")], last.Select(bucket => (bucket.Operation, bucket.Variant)));
        Assert.Equal((1, 1), (ofVariant.Calls, ofVariant.Counts["ok"]));
        Assert.Equal((1, 1.0), (recent.Calls, recent.ErrorRate));
    }

    [Fact]
    public async Task Calls_of_health_checks_are_shown_to_whoever_asks_for_them_and_distort_no_other_figure()
    {
        var buckets = Buckets();
        buckets.Record(Ok());
        buckets.Record(Ok() with { Source = OutcomeSources.Health, Kind = OutcomeKind.Timeout });
        using var flusher = Flusher(buckets, Store);
        await flusher.FlushAsync(Ct);

        var calls = await CallsAsync(Everything);
        Assert.Equal((1, 0), (calls.Calls, calls.ErrorRate));
        Assert.Single(await new OutcomeReads(Store).LastAsync(Everything, 10, Ct));
        Assert.Equal(1, (await CallsAsync(Everything with { Source = OutcomeSources.Health })).Counts["timeout"]);
    }

    [Fact]
    public async Task What_could_not_be_stored_is_kept_and_stored_later_with_the_rest()
    {
        await using var store = new BreakableStore(ConnectionString);
        var buckets = Buckets();
        using var flusher = Flusher(buckets, store.Store);
        buckets.Record(Ok());
        await flusher.FlushAsync(Ct);
        store.Break();
        buckets.Record(Ok());
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => flusher.FlushAsync(Ct));
        buckets.Record(Ok());
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => flusher.FlushAsync(Ct));

        store.Mend();
        await flusher.FlushAsync(Ct);
        await flusher.FlushAsync(Ct);

        Assert.Equal(3, (await CallsAsync(Everything)).Calls);
    }

    [Fact]
    public async Task A_batch_whose_confirmation_was_lost_is_not_counted_twice()
    {
        var buckets = Buckets();
        var store = new OutcomeStore(Store);
        var process = Guid.CreateVersion7();
        buckets.Record(Ok());
        var batch = OutcomeBatch.Of(1, buckets.Drain());

        await store.AddAsync(process, batch, Ct);
        await store.AddAsync(process, batch, Ct);
        await store.AddAsync(process, batch with { Number = 2 }, Ct);

        Assert.Equal(2, (await CallsAsync(Everything)).Calls);
    }

    [Fact]
    public async Task Counts_are_stored_every_few_seconds_and_once_more_at_the_end()
    {
        var buckets = Buckets();
        using var flusher = Flusher(buckets, Store);
        await flusher.StartAsync(Ct);
        buckets.Record(Ok());
        await _clock.PassAsync(OutcomeFlusher.Every, Ct);
        await _clock.WaitedForAsync(OutcomeFlusher.Every, Ct);
        var meanwhile = (await CallsAsync(Everything)).Calls;

        await flusher.StopAsync(Ct);
        buckets.Record(Ok()); // by something that stopped later
        await flusher.StoppedAsync(Ct);

        Assert.Equal(1, meanwhile);
        Assert.Equal(2, (await CallsAsync(Everything)).Calls);
    }

    [Fact]
    public async Task Old_counts_are_pruned()
    {
        var buckets = Buckets();
        using var flusher = Flusher(buckets, Store);
        for (var i = 0; i < 3; i++)
            buckets.Record(Ok() with { At = DateTimeOffset.UtcNow.AddDays(-4).AddMinutes(i) });
        buckets.Record(Ok());
        await flusher.FlushAsync(Ct);

        var store = new OutcomeStore(Store);
        var first = await store.PruneAsync(TimeSpan.FromDays(3), 2, Ct);
        var second = await store.PruneAsync(TimeSpan.FromDays(3), 2, Ct);

        Assert.Equal((2, 1), (first, second));
        Assert.Equal(1, await ScalarAsync<int>("select count(*) from outcomes"));
    }

    private static Outcome Ok(int milliseconds = 40) =>
        new("publer", "schedule-post", "publer", null, null, OutcomeKind.Ok, TimeSpan.FromMilliseconds(milliseconds), DateTimeOffset.UtcNow);

    private static OutcomeBuckets Buckets() => new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());

    private async Task<OutcomeSummary> CallsAsync(OutcomeFilter filter) => (await new OutcomeReads(Store).SummariseEachAsync(filter, Ct))["publer"];

    private OutcomeFlusher Flusher(OutcomeBuckets buckets, NpgsqlDataSource store) =>
        new(buckets, new OutcomeStore(store), _clock, NullLogger<OutcomeFlusher>.Instance);
}
