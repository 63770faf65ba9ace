using Dapper;
using HotDash.ControlPlane;
using HotDash.ControlPlane.Flags;
using HotDash.TestKit;
using HotDash.TestWorker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace HotDash.Benchmarks.Flags;

/// <summary>From the moment a change is asked for until each of four other processes answers by it.</summary>
internal static class Propagation
{
    private const int Processes = 4;
    private const int Changes = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task RunAsync(Report report, CancellationToken ct)
    {
        await using var postgres = new DurablePostgresFixture();
        var connectionString = await postgres.CreateDatabaseAsync("watched", WatchedStore.PrepareAsync, ct);
        await using var store = NpgsqlDataSource.Create(connectionString);
        await using var connection = await store.OpenConnectionAsync(ct);
        await connection.ExecuteAsync(FlagReader.Table);
        var readers = Enumerable.Range(0, Processes).Select(_ => WorkerProcess.Start(connectionString, ("FlagReader", "1"))).ToList();
        try
        {
            await UntilAsync(connection, 1, ct);
            var asked = await ChangeAsync(connectionString, ct);
            await UntilAsync(connection, Changes + 1, ct);
            Judge(report, asked, (await connection.QueryAsync<(int Process, long Version, double At)>("select process, version, at from test_seen")).ToLookup(seen => seen.Process));
        }
        finally
        {
            readers.ForEach(reader => reader.Dispose());
        }
    }

    /// <returns>When each version was asked for.</returns>
    private static async Task<IReadOnlyDictionary<long, double>> ChangeAsync(string connectionString, CancellationToken ct)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
            [new("ConnectionStrings:hotdash", connectionString), new("DATA_PROTECTION_KEY", "no data protection here")]);
        builder.Logging.ClearProviders();
        builder.Services.AddMetrics();
        builder.AddControlPlane().AddFlags();
        using var host = builder.Build();
        var flags = host.Services.GetRequiredService<FlagStore>();
        var asked = new Dictionary<long, double>();
        for (var i = 1; i <= Changes; i++)
        {
            var now = FlagReader.Now;
            var flag = await flags.ChangeAsync(FlagReader.Flag, "enable", new("perf", "measured"), flag => flag with { Enabled = true, RolloutPercent = new(i) }, ct);
            asked[flag!.Version] = now;
            await Task.Delay(Pause, ct);
        }

        return asked;
    }

    private static async Task UntilAsync(NpgsqlConnection connection, long version, CancellationToken ct)
    {
        while (await connection.ExecuteScalarAsync<long>("select count(distinct process) from test_seen where version >= @version", new { version }) < Processes)
            await Task.Delay(20, ct);
    }

    /// <summary>A process that sees a later version knows of the earlier ones.</summary>
    private static void Judge(Report report, IReadOnlyDictionary<long, double> asked, ILookup<int, (int Process, long Version, double At)> seen)
    {
        var waits = (from process in seen
                     from change in asked
                     select process.Where(row => row.Version >= change.Key).Min(row => row.At) - change.Value).Order().ToList();

        report.Figure("changes seen", waits.Count, "");
        report.Figure("from a change to a process: median", waits[waits.Count / 2], "ms");
        report.AtMost("from a change to a process: p99", waits[(int)(waits.Count * 0.99)], "ms", 1000);
        report.Figure("from a change to a process: worst", waits[^1], "ms");
    }
}
