using HotDash.ControlPlane.Flags;
using HotDash.TestKit;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HotDash.ControlPlane.Tests.Flags;

public sealed class FlagWatchTests(PostgresFixture postgres) : FlagTest(postgres)
{
    [Fact]
    public async Task The_process_that_changes_a_flag_knows_when_the_change_is_answered()
    {
        using var process = Process();

        await EnableAsync(process, "push_notifications", 100_000);

        Assert.True(process.Board.Evaluate("push_notifications").On);
    }

    [Fact]
    public async Task Others_hear_of_a_change_without_their_clocks_moving()
    {
        var others = new[] { Process(), Process(), Process() };
        foreach (var other in others)
            await other.Watch.StartAsync(Ct);
        while (await ScalarAsync<long>("select count(*) from pg_stat_activity where datname = current_database() and query = 'listen hotdash_flags'") < others.Length)
            await Task.Yield();
        using var process = Process();

        await EnableAsync(process, "push_notifications", 100_000);
        foreach (var other in others)
        {
            while (!other.Board.Evaluate("push_notifications").On)
                await Task.Yield();
            await other.Watch.StopAsync(Ct);
            other.Dispose();
        }

        Assert.All(others, other => Assert.Equal(process.Board.Snapshot.Epoch, other.Board.Snapshot.Epoch));
    }

    [Fact]
    public async Task A_notification_that_gets_lost_costs_one_look()
    {
        var clock = new ManualTimeProvider();
        using var process = Process(clock: clock);
        await process.Watch.StartAsync(Ct);
        await using (var silently = Store.CreateCommand("update flags set enabled = true, percent = 100000 where name = 'push_notifications'; update flag_epoch set epoch = epoch + 1"))
            await silently.ExecuteNonQueryAsync(Ct);

        while (!process.Board.Evaluate("push_notifications").On)
        {
            await clock.WaitedForAsync(FlagWatch.Every, Ct);
            clock.Advance(FlagWatch.Every);
            await Task.Yield();
        }

        await process.Watch.StopAsync(Ct);
    }

    [Fact]
    public async Task A_host_has_its_flags_when_it_has_started()
    {
        using var process = Process();

        await process.Watch.StartAsync(Ct);

        Assert.True(process.Board.Evaluate("export_pdf").On);
        await process.Watch.StopAsync(Ct);
    }

    [Fact]
    public async Task While_the_store_is_away_what_was_known_serves_and_health_says_how_old_it_is()
    {
        var clock = new ManualTimeProvider();
        await using var store = new BreakableStore(ConnectionString);
        using var process = Process(store.Store, clock);
        await process.Watch.RefreshAsync(Ct);
        var fresh = await HealthAsync(process);
        store.Break();

        clock.Advance(TimeSpan.FromSeconds(42));
        await Assert.ThrowsAnyAsync<Npgsql.NpgsqlException>(() => process.Watch.RefreshAsync(Ct));
        var old = await HealthAsync(process);
        store.Mend();
        await process.Watch.RefreshAsync(Ct);

        Assert.Equal((HealthStatus.Healthy, HealthStatus.Degraded), (fresh.Status, old.Status));
        Assert.Equal("The flags are those of 42 s ago: the store does not answer.", old.Description);
        Assert.True(process.Board.Evaluate("export_pdf").On);
        Assert.Equal(HealthStatus.Healthy, (await HealthAsync(process)).Status);
    }

    [Fact]
    public async Task A_store_that_is_away_from_the_start_holds_up_no_start()
    {
        using var process = Process(Away());

        await process.Watch.StartAsync(Ct);

        Assert.Equal(HealthStatus.Degraded, (await HealthAsync(process)).Status);
        Assert.Equal(new(On: false, FlagReason.Static), process.Board.Evaluate("publer_live"));
        Assert.Equal(FlagProblem.NoSuchFlag, process.Board.Evaluate("export_pdf").Problem);
        await process.Watch.StopAsync(Ct);
    }

    private static Task<HealthCheckResult> HealthAsync(FlagProcess process) => new FlagHealth(process.Board).CheckHealthAsync(new(), Ct);
}
