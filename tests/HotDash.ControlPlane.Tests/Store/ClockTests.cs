using Dapper;
using HotDash.TestKit;

namespace HotDash.ControlPlane.Tests.Store;

public sealed class ClockTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private const string Drift = "select abs(extract(epoch from hotdash_now() - clock_timestamp()))::float8";

    [Fact]
    public async Task The_clock_is_the_servers_unless_a_session_moved_it()
    {
        await using var ahead = await After(TimeSpan.FromHours(1)).OpenConnectionAsync(Ct);

        var moved = await ahead.ExecuteScalarAsync<double>(Drift);
        var usual = await ScalarAsync<double>(Drift);

        Assert.InRange(moved, 3599, 3601);
        Assert.InRange(usual, 0, 1);
    }

    [Fact]
    public async Task The_clock_runs_on_within_a_transaction()
    {
        await using var connection = await Store.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);

        var first = await connection.ExecuteScalarAsync<DateTime>("select hotdash_now()", transaction: transaction);
        var second = await connection.ExecuteScalarAsync<DateTime>("select hotdash_now()", transaction: transaction);

        Assert.True(second > first);
    }

    [Fact]
    public async Task A_comparison_with_the_clock_can_use_the_index_of_due_jobs()
    {
        await using var connection = await Store.OpenConnectionAsync(Ct);
        await connection.ExecuteAsync("set enable_seqscan = off; set enable_bitmapscan = off");

        var plan = string.Join('\n', await connection.QueryAsync<string>("explain select id from jobs where dead_at is null and due_at <= hotdash_now()"));

        Assert.Contains("Index Cond: (due_at <= hotdash_now())", plan, StringComparison.Ordinal);
    }
}
