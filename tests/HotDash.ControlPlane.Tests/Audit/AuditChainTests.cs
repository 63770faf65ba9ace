using System.Diagnostics.Metrics;
using HotDash.ControlPlane.Audit;
using HotDash.ControlPlane.Store;
using HotDash.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HotDash.ControlPlane.Tests.Audit;

public sealed class AuditChainTests(PostgresFixture postgres) : AuditTest(postgres)
{
    [Fact]
    public async Task What_commits_late_is_numbered_late_and_nothing_is_left_out()
    {
        await using var connection = await Store.OpenConnectionAsync(Ct);
        await using var slow = await connection.BeginTransactionAsync(Ct);
        await slow.AuditAsync(new(AuditKinds.Key, "late", "create", "ada"), Ct);
        await ChainedAsync(1, 2);

        await slow.CommitAsync(Ct);
        await Chain.CatchUpAsync(Ct);
        var order = await ScalarAsync<string>("select string_agg(object_id, ' ' order by seq) from audit_entries");

        Assert.Equal("flag-1 flag-2 late", order);
        Assert.True((await VerifyAsync()).Ok);
    }

    [Fact(Timeout = 60_000)]
    public async Task Many_sequencers_at_once_make_one_chain()
    {
        await WriteAsync(1, (2 * AuditChain.Batch) + 7);

        while (await ScalarAsync<long>("select count(*) from audit_entries where seq is null") > 0)
            await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => new AuditChain(Store).NextAsync(Ct)));
        var verdict = await VerifyAsync();

        Assert.Equal((true, (2 * AuditChain.Batch) + 7, (2 * AuditChain.Batch) + 7, 0), (verdict.Ok, verdict.Entries, verdict.Newest, verdict.Unchained.Entries));
    }

    [Fact]
    public async Task While_one_is_at_it_another_neither_waits_nor_writes()
    {
        await WriteAsync(1, 3);
        await using var connection = await Store.OpenConnectionAsync(Ct);
        await using var other = await connection.BeginTransactionAsync(Ct);
        await other.QueryFirstAsync<AuditHead>($"{AuditHead.Sql} for update", new { }, Ct);

        var meanwhile = await Chain.NextAsync(Ct);
        await other.RollbackAsync(Ct); // as when its process dies
        var after = await Chain.NextAsync(Ct);

        Assert.Equal((0, 3), (meanwhile, after));
    }

    [Fact(Timeout = 60_000)]
    public async Task One_that_is_killed_while_it_writes_leaves_nothing_behind()
    {
        await WriteAsync(1, 5);
        await using var connection = await Store.OpenConnectionAsync(Ct);
        await using var holder = await connection.BeginTransactionAsync(Ct);
        await holder.ExecuteAsync("select from audit_entries where id = 5 for update", new { }, Ct);

        var killed = Chain.NextAsync(Ct); // waits for that row, with four others written
        while (!await ScalarAsync<bool>("select coalesce(bool_or(pg_terminate_backend(pid)), false) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"))
            await Task.Yield();
        await Assert.ThrowsAsync<PostgresException>(() => killed);
        await holder.RollbackAsync(Ct);
        var chained = await new AuditChain(Store).NextAsync(Ct);

        Assert.Equal(5, chained);
        Assert.True(await VerifyAsync() is { Ok: true, Entries: 5, Unchained.Entries: 0 });
    }

    [Fact]
    public async Task What_waits_for_its_number_is_measured()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        var (metrics, measured) = (new AuditMetrics(meters), new List<string>());
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Scope == meters)
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => measured.Add($"{instrument.Name} {value}"));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => measured.Add($"{instrument.Name} {value > 0}"));
        listener.Start();
        await WriteAsync(1, 3);

        metrics.Tail = await Chain.CatchUpAsync(Ct);
        listener.RecordObservableInstruments();
        metrics.Tail = await Chain.CatchUpAsync(Ct);
        listener.RecordObservableInstruments();

        Assert.Equal(
            ["hotdash.audit.unchained 0", "hotdash.audit.unchained 3", "hotdash.audit.unchained_age False", "hotdash.audit.unchained_age True"],
            measured.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_hash_is_as_documented()
    {
        var entry = new AuditEntry(
            7, null, new(2026, 11, 21, 12, 0, 0, 123, 456, DateTimeKind.Utc), "flag", "käse", "enable", "ada", "", null, """{"on": true}""", null, null);

        var hash = AuditHash.Of(AuditHash.Origin(Guid.Parse("00010203-0405-0607-0809-0a0b0c0d0e0f")), 1, entry);

        Assert.Equal(Expected, Convert.ToHexStringLower(hash)); // computed by another program, from docs/audit.md
    }

    private const string Expected = "a9decf9672f7d71d2f2eed586d7d3b1092692191003ed62809245bbe68e1094f";
}
