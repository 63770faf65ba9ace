using Dapper;
using HotDash.TestKit;
using HotDash.TestWorker;
using Npgsql;

namespace HotDash.Benchmarks.Jobs;

/// <summary>Kills four of five busy workers at once, again and again, with the leases of production.</summary>
internal sealed class Kills(PostgresFixture postgres)
{
    private const int Rounds = 5;
    private const int Victims = 4;
    private const int JobsPerRound = 120;

    public async Task RunAsync(Report report, CancellationToken ct)
    {
        var connectionString = await postgres.CreateDatabaseAsync("watched", WatchedStore.PrepareAsync, ct);
        await using var store = NpgsqlDataSource.Create(connectionString);
        await using var connection = await store.OpenConnectionAsync(ct);
        await connection.ExecuteAsync("listen test_changed");

        var slowest = TimeSpan.Zero;
        using var survivor = WorkerProcess.Start(connectionString);
        for (var round = 0; round < Rounds; round++)
        {
            var again = await KillAsync(connectionString, connection, ct);
            slowest = again > slowest ? again : slowest;
        }

        await UntilAsync(connection, "not exists (select from jobs)", null, ct);
        await ReportAsync(report, connection, slowest);
    }

    /// <returns>How long after the kill the last of the victims' jobs began again.</returns>
    private static async Task<TimeSpan> KillAsync(string connectionString, NpgsqlConnection connection, CancellationToken ct)
    {
        var victims = Enumerable.Range(0, Victims).Select(_ => WorkerProcess.Start(connectionString)).ToList();
        var names = new { names = victims.Select(victim => victim.Name).ToArray() };
        await UntilAsync(connection, "(select count(distinct application_name) = cardinality(@names) from pg_stat_activity where application_name = any(@names) and query = 'listen hotdash_jobs')", names, ct);
        await connection.ExecuteAsync(
            """
            insert into jobs (id, kind, payload, due_at, max_attempts)
            select gen_random_uuid(), 'test.effect', '{"milliseconds":2000}', now() + n * interval '20 ms', 20 from generate_series(1, @JobsPerRound) n;
            notify hotdash_jobs
            """,
            new { JobsPerRound });
        await UntilAsync(connection, "(select count(distinct leased_by) = cardinality(@names) from test_begun join jobs on id = job and jobs.fence = test_begun.fence where leased_by = any(@names))", names, ct);

        victims.ForEach(victim => victim.Dispose());
        var killed = await connection.QuerySingleAsync<DateTime>("select clock_timestamp()");
        var held = (await connection.QueryAsync<Guid>("select id from jobs where leased_by = any(@names)", names)).ToArray();
        var fence = await connection.ExecuteScalarAsync<long>("select last_value from job_fences");
        await UntilAsync(connection, "(select count(distinct job) = cardinality(@held) from test_begun where job = any(@held) and fence > @fence)", new { held, fence }, ct);

        return await connection.ExecuteScalarAsync<DateTime>(
            "select max(first) from (select min(at) as first from test_begun where job = any(@held) and fence > @fence group by job) again", new { held, fence }) - killed;
    }

    private static async Task ReportAsync(Report report, NpgsqlConnection connection, TimeSpan slowest)
    {
        var lost = await connection.ExecuteScalarAsync<int>($"select {Rounds * JobsPerRound} - count(distinct (job, fence)) from test_effects join test_ended using (job, fence)");
        var stale = await connection.ExecuteScalarAsync<int>("select count(*) from test_ended where leased_by is distinct from ended_by");

        report.AtMost($"{Rounds * Victims} kills: slowest begin of a killed worker's job", slowest.TotalSeconds, "s", 10);
        report.AtMost($"{Rounds * Victims} kills: jobs lost of {Rounds * JobsPerRound}", lost, "", 0);
        report.AtMost($"{Rounds * Victims} kills: completions by a stale lease", stale, "", 0);
    }

    private static async Task UntilAsync(NpgsqlConnection connection, string condition, object? parameters, CancellationToken ct)
    {
        while (!await connection.ExecuteScalarAsync<bool>($"select {condition}", parameters))
            await connection.WaitAsync(TimeSpan.FromMilliseconds(200), ct);
    }
}
