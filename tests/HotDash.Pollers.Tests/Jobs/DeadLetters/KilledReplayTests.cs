using System.Text;
using Dapper;
using HotDash.ControlPlane;
using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using HotDash.TestKit;
using HotDash.TestWorker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace HotDash.Pollers.Tests.Jobs.DeadLetters;

/// <summary>Real workers that are killed in the middle of a replay: every letter has its effect, and none has it twice.</summary>
public sealed class KilledReplayTests(PostgresFixture postgres)
{
    private const int Letters = 40;
    private const int Kills = 3;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task However_often_its_worker_is_killed_a_replay_sends_every_letter_once()
    {
        var connectionString = await postgres.CreateDatabaseAsync("killed-replay", PrepareAsync, Ct);
        using var host = BuildHost(connectionString);
        var replays = host.Services.GetRequiredService<Replays>();
        var id = await StartReplayAsync(host, replays);
        await using var store = NpgsqlDataSource.Create(connectionString);

        for (var kill = 1; kill <= Kills; kill++)
        {
            using var victim = StartWorker(connectionString, kill);
            await UntilAsync(store, $"(select count(*) >= {kill * 5} from test_sent)");
            victim.Kill();
        }

        using var last = StartWorker(connectionString, Kills + 1);
        await UntilAsync(store, "exists (select from dead_letter_replays where state = 'done')");

        var replay = (await host.Services.GetRequiredService<ReplayReads>().FindAsync(id, Ct))!;
        Assert.Equal((Letters, 0, 0), (replay.Progress.Replayed + replay.Progress.Found, replay.Progress.Failed, replay.Progress.Skipped));
        await using var connection = await store.OpenConnectionAsync(Ct);
        Assert.Equal((Letters, Letters), await connection.QuerySingleAsync<(long, long)>("select count(*), count(distinct body) from test_sent"));
        Assert.Equal(Letters, await connection.ExecuteScalarAsync<long>("select count(*) from dead_letters where state = 'replayed'"));
    }

    private static async Task<Guid> StartReplayAsync(IHost host, Replays replays)
    {
        var letters = host.Services.GetRequiredService<DeadLetterStore>();
        for (var number = 0; number < Letters; number++)
            await letters.KeepAsync(Letter($"{number}", unknown: number % 10 == 0), Ct);

        var id = (await replays.PreviewAsync(new(null, new()), "Ada", null, 1, Ct))!.Value;
        await replays.StartAsync(id, "ada", Ct);
        return id;
    }

    private static DeadLetter Letter(string text, bool unknown) => new()
    {
        Integration = "chatwoot",
        Operation = "send-note",
        Request = new() { Method = "POST", Path = "notes", Body = Encoding.UTF8.GetBytes(text) },
        Failure = new NetworkException("chatwoot", IntegrationCodes.Network, "the connection failed", unknown),
        Attempts = 1,
        FirstAt = DateTimeOffset.UnixEpoch,
        LastAt = DateTimeOffset.UnixEpoch,
        OutcomeUnknown = unknown,
    };

    /// <summary>By the clock of the next worker, the lease of the one before has ended, and what it sent has settled.</summary>
    private static WorkerProcess StartWorker(string connectionString, int number) => WorkerProcess.Start(
        new NpgsqlConnectionStringBuilder(connectionString) { Options = $"-c hotdash.clock_offset={5 * number}min" }.ConnectionString);

    private static async Task UntilAsync(NpgsqlDataSource store, string condition)
    {
        await using var connection = await store.OpenConnectionAsync(Ct);
        await connection.ExecuteAsync("listen test_changed");
        while (!await connection.ExecuteScalarAsync<bool>($"select {condition}"))
            Assert.True(await connection.WaitAsync(TimeSpan.FromSeconds(60), Ct), $"Nothing changes any more, but this does not hold: {condition}");
    }

    private static IHost BuildHost(string connectionString)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:hotdash", connectionString), new("DATA_PROTECTION_KEY", WorkerProcess.DataProtectionKey)]);
        builder.Services.AddMetrics();
        builder.AddControlPlane();
        return builder.Build();
    }

    private static async Task PrepareAsync(string connectionString)
    {
        await WatchedStore.PrepareAsync(connectionString);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:hotdash", connectionString), new("DATA_PROTECTION_KEY", WorkerProcess.DataProtectionKey)]);
        builder.Services.AddMetrics();
        builder.AddControlPlane().AddStoreSetup();
        using var host = builder.Build();
        await host.Services.GetRequiredService<StoreSetup>().RunAsync(CancellationToken.None);

        await using var store = NpgsqlDataSource.Create(connectionString);
        await using var connection = await store.OpenConnectionAsync(CancellationToken.None);
        await connection.ExecuteAsync(
            """
            create table test_sent (body text not null);
            create trigger test_tell after insert on test_sent for each statement execute function test_tell();
            create trigger test_tell after update on dead_letter_replays for each statement execute function test_tell();
            """);
    }
}
