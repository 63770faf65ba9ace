using Dapper;
using HotDash.ControlPlane;
using HotDash.ControlPlane.Flags;
using HotDash.ControlPlane.Outcomes;
using HotDash.ControlPlane.Registry;
using HotDash.ControlPlane.Rollouts;
using HotDash.Integrations;
using HotDash.Integrations.Publer;
using HotDash.TestKit;
using HotDash.TestWorker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace HotDash.Pollers.Tests.Jobs.Rollouts;

/// <summary>Real workers that judge a rollout which does harm, and one that is killed while it takes it back.</summary>
public sealed class KilledJudgeTests(PostgresFixture postgres)
{
    private const string Flag = "publer_live";
    private const int Patience = 120_000; // ms

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience)]
    public async Task A_rollback_whose_poller_is_killed_in_the_middle_of_it_is_made_by_another_one_whole_and_once()
    {
        var connectionString = await postgres.CreateDatabaseAsync("killed-judge", PrepareAsync, Ct);
        await using var store = NpgsqlDataSource.Create(connectionString);
        await using var watch = await store.OpenConnectionAsync(Ct);
        await watch.ExecuteAsync("listen test_changed");
        await using var holder = await store.OpenConnectionAsync(Ct);
        await using var held = await holder.BeginTransactionAsync(Ct);
        await holder.ExecuteAsync("lock table integration_pauses in share mode"); // the flag comes before the integration: a rollback stops between them

        using var one = StartWorker(connectionString);
        using var other = StartWorker(connectionString);
        var victim = await StoppedAsync(store);
        (victim == one.Name ? one : other).Kill();
        await held.RollbackAsync(Ct);
        while (!await watch.ExecuteScalarAsync<bool>("select state = 'ROLLED_BACK' from rollouts"))
            await watch.WaitAsync(Ct);

        Assert.Contains(victim, (string[])[one.Name, other.Name]);
        Assert.Equal((false, "publer"), await watch.QuerySingleAsync<(bool, string)>("select enabled, integration from flags, integration_pauses where name = @Flag", new { Flag }));
        Assert.Equal(
            "flag rollout-rollback, integration disconnect, rollout rollback",
            await watch.ExecuteScalarAsync<string>("select string_agg(kind || ' ' || action, ', ' order by kind) from audit_entries where actor = 'HotDash'"));
    }

    private static WorkerProcess StartWorker(string connectionString) => WorkerProcess.Start(connectionString, ("Jobs__Lease", "00:00:02"), ("Judge", "true"));

    /// <returns>Who waits in the middle of its rollback.</returns>
    private static async Task<string> StoppedAsync(NpgsqlDataSource store)
    {
        while (true)
        {
            await using var connection = await store.OpenConnectionAsync(Ct);
            if (await connection.ExecuteScalarAsync<string?>(
                    "select application_name from pg_stat_activity, pg_sleep(0.05) where datname = current_database() and wait_event_type = 'Lock'") is { } name)
                return name;
        }
    }

    /// <summary>A rollout that began three minutes ago, and nine of ten calls of which failed since.</summary>
    private static async Task PrepareAsync(string connectionString)
    {
        await WatchedStore.PrepareAsync(connectionString);
        using var host = BuildHost(new NpgsqlConnectionStringBuilder(connectionString) { Options = "-c hotdash.clock_offset=-3min", Pooling = false }.ConnectionString);
        await host.Services.GetRequiredService<RolloutStore>().StartAsync(
            Flag, RolloutStage.Full, RolloutOptions.Default with { PauseOnError = false, MinSampleSize = 20 }, new("ada", "to see"), CancellationToken.None);

        await using var connection = new NpgsqlConnection(connectionString);
        await connection.ExecuteAsync(
            """
            create trigger test_tell after update on rollouts for each statement execute function test_tell();
            insert into outcomes (at, integration, operation, source, flag, variant, kinds, latencies)
            select date_bin('10 s', hotdash_now() - make_interval(secs => 160 - 10 * i), 'epoch'), 'publer', 'list-accounts', 'publer', @Flag, 'on', @kinds, @latencies
            from generate_series(1, 12) i
            """,
            new { Flag, kinds = Kinds(ok: 1, unavailable: 9), latencies = new long[LatencyHistogram.Classes] });
    }

    private static long[] Kinds(long ok, long unavailable)
    {
        var kinds = new long[Enum.GetValues<OutcomeKind>().Length];
        (kinds[(int)OutcomeKind.Ok], kinds[(int)OutcomeKind.Unavailable]) = (ok, unavailable);
        return kinds;
    }

    private static IHost BuildHost(string connectionString)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:hotdash", connectionString), new("DATA_PROTECTION_KEY", WorkerProcess.DataProtectionKey)]);
        builder.Services.AddMetrics();
        builder.AddControlPlane().AddFlags();
        builder.Services.AddPubler(Attempts.One).AddIntegrationRegistry().AddRollouts();
        return builder.Build();
    }
}
