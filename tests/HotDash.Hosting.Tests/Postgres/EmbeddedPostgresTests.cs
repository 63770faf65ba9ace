using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.Postgres;
using HotDash.TestKit;
using Npgsql;

namespace HotDash.Hosting.Tests.Postgres;

public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly TestFolder _folder = TestFolder.Create();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_committed_is_there_at_the_next_start()
    {
        await using (var first = await StartAsync())
        {
            await ExecuteAsync(first, "create table kept (id int)");
        }

        await using var second = await StartAsync();

        await ExecuteAsync(second, "insert into kept values (1)");
    }

    [Fact]
    public async Task A_client_in_the_middle_of_a_query_does_not_hold_up_the_stop()
    {
        var server = await StartAsync();
        await using var client = new NpgsqlConnection(server.ConnectionString);
        await client.OpenAsync(Ct);
        await using var command = new NpgsqlCommand("select pg_sleep(600)", client);
        var query = command.ExecuteNonQueryAsync(Ct);

        await server.DisposeAsync();

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => query);
        Assert.Empty(OldServer.Living(_folder["data"]));
    }

    [Fact]
    public async Task A_killed_server_starts_again_with_what_was_committed()
    {
        var killed = await StartAsync();
        await ExecuteAsync(killed, "create table kept (id int)");
        Process.GetProcessById(killed.ProcessId).Kill();

        await using var next = await StartAsync();

        await ExecuteAsync(next, "insert into kept values (1)");
        await killed.DisposeAsync();
    }

    [Fact]
    public async Task A_server_that_an_earlier_run_left_running_is_ended_first()
    {
        var left = await StartAsync();

        await using var next = await StartAsync();

        Assert.NotEqual(left.ConnectionString, next.ConnectionString);
        await left.DisposeAsync();
        await ExecuteAsync(next, "select 1");
    }

    [Fact]
    public async Task Another_password_than_that_of_the_data_is_refused_with_what_to_do()
    {
        await (await StartAsync()).DisposeAsync();

        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => EmbeddedPostgres.StartAsync(_folder["data"], "another", ct: Ct));

        Assert.Contains("Parameters:postgres-password", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("another\"", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(OldServer.Living(_folder["data"]));
    }

    [Fact]
    public async Task Data_of_another_major_version_is_refused_with_what_to_do()
    {
        Directory.CreateDirectory(_folder["data"]);
        await File.WriteAllTextAsync(_folder["data/PG_VERSION"], "14\n", Ct);

        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(StartAsync);

        Assert.Contains("was made by PostgreSQL 14", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_setting_that_the_server_does_not_know_is_told_in_its_words()
    {
        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(
            () => EmbeddedPostgres.StartAsync(_folder["data"], settings: ["no_such=1"], ct: Ct));

        Assert.Contains("no_such", refusal.Message, StringComparison.Ordinal);
    }

    private Task<EmbeddedPostgres> StartAsync() => EmbeddedPostgres.StartAsync(_folder["data"], "correct horse", ct: Ct);

    private static Task ExecuteAsync(EmbeddedPostgres server, string sql) => new PostgresProbe(server.ConnectionString).ExecuteAsync(sql, Ct);
}
