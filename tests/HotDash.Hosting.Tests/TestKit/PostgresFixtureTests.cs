using HotDash.TestKit;
using Npgsql;

namespace HotDash.Hosting.Tests.TestKit;

public sealed class PostgresFixtureTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Databases_of_a_template_are_prepared_once_and_do_not_see_each_other()
    {
        await using var postgres = new PostgresFixture();
        var preparations = 0;
        Task PrepareAsync(string connection)
        {
            Interlocked.Increment(ref preparations);
            return ExecuteAsync(connection, "create table t (id int); insert into t values (1)");
        }

        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => postgres.CreateDatabaseAsync("one row", PrepareAsync, Ct)));
        await ExecuteAsync(both[0], "delete from t");

        Assert.Equal(1, preparations);
        Assert.Equal(0, await ExecuteAsync(both[0], "delete from t"));
        Assert.Equal(1, await ExecuteAsync(both[1], "delete from t"));
    }

    private static async Task<int> ExecuteAsync(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        return await source.CreateCommand(sql).ExecuteNonQueryAsync(Ct);
    }
}
