using System.Diagnostics;
using Dapper;
using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Store;
using HotDash.TestKit;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;

namespace HotDash.Benchmarks.DeadLetters;

/// <summary>Pages and groups of a queue of a million letters, by filters that choose much, little and nothing.</summary>
internal sealed class DeadLettersBenchmark : IBenchmark
{
    private const int Letters = 1_000_000;
    private const int Causes = 240;
    private const int Rounds = 100;
    private const int PageSize = 50;
    private const double Goal = 50;

    private static readonly DateTimeOffset Oldest = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    public string Title => "pages and groups of a dead letter queue of a million entries";

    public async Task RunAsync(Report report, CancellationToken ct)
    {
        await using var postgres = new PostgresFixture();
        await using var store = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync("migrated", FillAsync, ct));
        var reads = new DeadLetterReads(store, new RequestVault(new EphemeralDataProtectionProvider()));

        foreach (var (name, filter) in Filters())
            await MeasureAsync(report, $"page of {PageSize}, {name}", () => WalkAsync(reads, filter, ct));
        await MeasureAsync(report, "groups of all", () => TimeAsync(() => reads.GroupsAsync(new(), ct)));
        await MeasureAsync(report, "groups by text", () => TimeAsync(() => reads.GroupsAsync(new() { Text = "in time" }, ct)));
    }

    private static IEnumerable<(string, DeadLetterFilter)> Filters()
    {
        yield return ("no filter", new());
        yield return ("one state", new() { State = LetterState.Pending });
        yield return ("a rare state", new() { State = LetterState.Replaying });
        yield return ("one integration", new() { Integration = "integration-3" });
        yield return ("integration and state", new() { Integration = "integration-3", State = LetterState.Unknown });
        yield return ("text that most have", new() { Text = "reason" });
        yield return ("text that few have", new() { Text = "reason 17" });
        yield return ("text that none has", new() { Text = "no such words" });
        yield return ("text, failure, state and an hour", new() { Text = "reason", Failure = "timeout", State = LetterState.Pending, From = Oldest.AddHours(100), To = Oldest.AddHours(101) });
        yield return ("a day", new() { From = Oldest.AddDays(3), To = Oldest.AddDays(4) });
    }

    private static async Task MeasureAsync(Report report, string what, Func<Task<List<double>>> walk)
    {
        await walk(); // warms the plans and the cache
        var times = await walk();
        report.AtMost($"{what}, p95", times.Order().ElementAt((int)(times.Count * 0.95)), "ms", Goal);
    }

    /// <summary>From page to page, and from the start again when the last is reached.</summary>
    private static async Task<List<double>> WalkAsync(DeadLetterReads reads, DeadLetterFilter filter, CancellationToken ct)
    {
        var times = new List<double>();
        DeadLetterPosition? after = null;
        for (var round = 0; round < Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            after = (DeadLetterPosition?)(await reads.ListAsync(filter, after, PageSize, ct)).Next;
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return times;
    }

    private static async Task<List<double>> TimeAsync(Func<Task> read)
    {
        var times = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            await read();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return times;
    }

    /// <summary>12 integrations with 20 causes each; every cause has letters all over the time.</summary>
    private static async Task FillAsync(string connectionString)
    {
        await using var store = NpgsqlDataSource.Create(connectionString);
        await StoreMigrations.ApplyAsync(store);
        await using var connection = await store.OpenConnectionAsync();
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into dead_letter_causes (integration, operation, failure, summary)
            select 'integration-' || n % 12, 'operation-' || n % 3, (array['timeout', 'network', 'unavailable', 'rejected'])[1 + n % 4], 'no answer in time, reason ' || n
            from generate_series(1, @Causes) n;

            insert into dead_letters (id, cause_id, state, kept_at, request, attempts, first_at, last_at)
            select gen_random_uuid(), 1 + (hashint4(n) & 2147483647) % @Causes,
                   case when n % 100 = 0 then 'unknown' when n % 100000 = 1 then 'replaying' when n % 3 = 0 then 'replayed' else 'pending' end,
                   @Oldest + n * interval '1 second', decode(repeat('ab', 300), 'hex'), 3, @Oldest, @Oldest
            from generate_series(1, @Letters) n;
            """,
            new { Causes, Letters, Oldest }, commandTimeout: 600));
        await connection.ExecuteAsync(new CommandDefinition("vacuum analyze dead_letters", commandTimeout: 600));
        await connection.ExecuteAsync("analyze dead_letter_causes");
    }
}
