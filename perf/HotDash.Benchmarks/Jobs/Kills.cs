using Dapper;
using HotDash.TestKit;
using HotDash.TestWorker;
using Npgsql;

namespace HotDash.Benchmarks.Jobs;

/// <summary>Kills one of two busy workers, again and again, with the leases of production.</summary>
internal sealed class Kills(PostgresFixture postgres)
{
    private const int Times = 20;
    private const int JobsPerKill = 24;

    public async Task RunAsync(Report report, CancellationToken ct)
    {
        var connectionString = await postgres.CreateDatabaseAsync("watched", WatchedStore.PrepareAsync, ct);
        await using var store = NpgsqlDataSource.Create(connectionString);
        await using var connection = await store.OpenConnectionAsync(ct);
        await connection.ExecuteAsync("listen test_changed");

        var slowest = TimeSpan.Zero;
        using var survivor = WorkerProcess.Start(connectionString);
        for (var i = 0; i < Times; i++)
        {
            var rerun = await KillAsync(connectionString, connection, ct);
            slowest = rerun > slowest ? rerun : slowest;
        }

        await UntilAsync(connection, "not exists (select from jobs)", null, ct);
        await ReportAsync(report, connection, slowest);
    }

    /// <returns>How long after the kill the last of the victim's jobs began again.</returns>
    private static async Task<TimeSpan> KillAsync(string connectionString, NpgsqlConnection connection, CancellationToken ct)
    {
        using var victim = WorkerProcess.Start(connectionString);
        var parameters = new { name = victim.Name, count = JobsPerKill };
        await UntilAsync(connection, "exists (select from pg_stat_activity where application_name = @name and query = 'listen hotdash_jobs')", parameters, ct);
        await connection.ExecuteAsync(
            """
            insert into jobs (id, kind, payload, due_at, max_attempts)
            select gen_random_uuid(), 'test.effect', '{"milliseconds":2000}', now() + n * interval '100 ms', 20 from generate_series(1, @count) n
            """,
            parameters);
        await UntilAsync(connection, "(select count(*) > 2 from test_begun join jobs on id = job and jobs.fence = test_begun.fence where leased_by = @name)", parameters, ct);

        victim.Kill();
        var killed = await connection.QuerySingleAsync<DateTime>("select clock_timestamp()");
        var held = (await connection.QueryAsync<(Guid, long)>("select id, fence from jobs where leased_by = @name", parameters)).ToList();
        var again = new { held = held.Select(job => job.Item1).ToArray(), fences = held.Select(job => job.Item2).ToArray() };
        await UntilAsync(connection, "(select count(distinct job) = cardinality(@held) from test_begun where job = any(@held) and fence > all(@fences))", again, ct);

        return await connection.ExecuteScalarAsync<DateTime>(
            "select max(first) from (select min(at) as first from test_begun where job = any(@held) and fence > all(@fences) group by job) b", again) - killed;
    }

    private static async Task ReportAsync(Report report, NpgsqlConnection connection, TimeSpan slowest)
    {
        var lost = await connection.ExecuteScalarAsync<int>($"select {Times * JobsPerKill} - count(distinct (job, fence)) from test_effects join test_ended using (job, fence)");
        var stale = await connection.ExecuteScalarAsync<int>("select count(*) from test_ended where leased_by is distinct from ended_by");

        report.AtMost($"{Times} kills: slowest begin of a killed worker's job", slowest.TotalSeconds, "s", 10);
        report.AtMost($"{Times} kills: jobs lost of {Times * JobsPerKill}", lost, "", 0);
        report.AtMost($"{Times} kills: completions by a stale lease", stale, "", 0);
    }

    private static async Task UntilAsync(NpgsqlConnection connection, string condition, object? parameters, CancellationToken ct)
    {
        while (!await connection.ExecuteScalarAsync<bool>($"select {condition}", parameters))
            await connection.WaitAsync(TimeSpan.FromMilliseconds(200), ct);
    }
}
