using Aspire.Hosting.Postgres;
using HotDash.TestKit;
using Npgsql;

namespace HotDash.Hosting.Tests.Postgres;

/// <summary>What can be asked of one server without changing it.</summary>
public sealed class RunningPostgresTests(RunningPostgresTests.Server running) : IClassFixture<RunningPostgresTests.Server>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("listen_addresses", "127.0.0.1")]
    [InlineData("unix_socket_directories", "")]
    [InlineData("fsync", "on")]
    [InlineData("server_encoding", "UTF8")]
    [InlineData("work_mem", "5MB")]
    public async Task It_is_local_durable_and_set_as_asked(string setting, string expected) =>
        Assert.Equal(expected, await ScalarAsync($"show {setting}"));

    [Fact]
    public async Task The_password_is_neither_on_a_command_line_nor_left_in_a_file()
    {
        var commandLine = await File.ReadAllTextAsync($"/proc/{running.Postgres.ProcessId}/cmdline", Ct);

        Assert.DoesNotContain(Server.Password, commandLine, StringComparison.Ordinal);
        Assert.Equal(["data"], new DirectoryInfo(running.Folder.Path).GetFileSystemInfos().Select(entry => entry.Name));
    }

    [Fact]
    public async Task A_database_is_made_once_whatever_its_name()
    {
        var probe = new PostgresProbe(running.Postgres.ConnectionString);

        await probe.EnsureDatabaseAsync("hot\"dash", Ct);
        await probe.EnsureDatabaseAsync("hot\"dash", Ct);

        Assert.Equal("1", await ScalarAsync("select count(*)::text from pg_database where datname = 'hot\"dash'"));
    }

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(running.Postgres.ConnectionString);
        return await source.CreateCommand(sql).ExecuteScalarAsync(Ct);
    }

    public sealed class Server : IAsyncLifetime
    {
        public const string Password = "correct horse";

        internal TestFolder Folder { get; } = TestFolder.Create();

        internal EmbeddedPostgres Postgres { get; private set; } = null!;

        public async ValueTask InitializeAsync() =>
            Postgres = await EmbeddedPostgres.StartAsync(Folder["data"], Password, ["work_mem=5MB"], Ct);

        public async ValueTask DisposeAsync()
        {
            await Postgres.DisposeAsync();
            Folder.Dispose();
        }
    }
}
