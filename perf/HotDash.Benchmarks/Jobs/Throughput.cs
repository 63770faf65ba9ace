using System.Diagnostics;
using Dapper;
using HotDash.ControlPlane.Store;
using HotDash.TestKit;
using HotDash.TestWorker;
using Npgsql;

namespace HotDash.Benchmarks.Jobs;

/// <summary>Jobs that do nothing, from the commit that stores them all until none is left; both loops take as many at a time.</summary>
internal sealed class Throughput(PostgresFixture postgres)
{
    private const int Rounds = 3;
    private const int WarmUp = 30_000;
    private const int Jobs = 30_000;
    private const int Batch = 32;

    public async Task RunAsync(Report report, CancellationToken ct)
    {
        foreach (var processes in (int[])[1, 2])
        {
            var (bare, queue) = (new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                bare.Add(await MeasureAsync(processes, ("BareLoop", $"{Batch}"), ct));
                queue.Add(await MeasureAsync(processes, ("Jobs__Concurrency", $"{Batch}"), ct));
            }

            report.Figure($"bare claim-and-delete loop, {processes} process(es)", Median(bare), "jobs/s");
            report.Figure($"job queue, {processes} process(es)", Median(queue), "jobs/s");
            report.AtLeast($"job queue / bare loop, {processes} process(es)", Median(queue) / Median(bare), "", 0.6);
        }
    }

    private async Task<double> MeasureAsync(int processes, (string, string) setting, CancellationToken ct)
    {
        var connectionString = await postgres.CreateDatabaseAsync("migrated", MigrateAsync, ct);
        await using var store = NpgsqlDataSource.Create(connectionString);
        await using var connection = await store.OpenConnectionAsync(ct);

        var workers = Enumerable.Range(0, processes).Select(_ => WorkerProcess.Start(connectionString, setting)).ToList();
        try
        {
            while (await connection.ExecuteScalarAsync<int>("select count(distinct application_name) from pg_stat_activity where datname = current_database() and application_name <> ''") < processes)
                await Task.Delay(50, ct);

            await DrainAsync(connection, 0, WarmUp, ct);
            return Jobs / (await DrainAsync(connection, WarmUp, Jobs, ct)).TotalSeconds;
        }
        finally
        {
            workers.ForEach(worker => worker.Dispose());
        }
    }

    private static async Task<TimeSpan> DrainAsync(NpgsqlConnection connection, int first, int count, CancellationToken ct)
    {
        await connection.ExecuteAsync(
            """
            insert into jobs (id, kind, payload, due_at, max_attempts)
            select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'test.nothing', '{}', now(), 20
            from generate_series(@first + 1, @first + @count) n
            """,
            new { first, count });

        var began = Stopwatch.GetTimestamp();
        await connection.ExecuteAsync("notify hotdash_jobs");
        while (await connection.ExecuteScalarAsync<bool>("select exists (select from jobs)"))
            await Task.Delay(20, ct);

        return Stopwatch.GetElapsedTime(began);
    }

    private static async Task MigrateAsync(string connectionString)
    {
        await using var store = NpgsqlDataSource.Create(connectionString);
        await StoreMigrations.ApplyAsync(store);
    }

    private static double Median(List<double> figures) => figures.Order().ElementAt(figures.Count / 2);
}
