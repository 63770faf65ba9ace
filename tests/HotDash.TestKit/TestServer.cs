using Aspire.Hosting.Postgres;
using Npgsql;

namespace HotDash.TestKit;

/// <summary>The server behind a fixture: our own in a temporary folder, or one that was given.</summary>
internal sealed class TestServer
{
    private const string Given = "HOTDASH_TEST_POSTGRES";

    /// <summary>With hundreds of databases something would be vacuumed all the time.</summary>
    private static readonly string[] Quick = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"];

    private readonly EmbeddedPostgres? _own;
    private readonly TestFolder? _folder;

    private TestServer(string connectionString, EmbeddedPostgres? own = null, TestFolder? folder = null) =>
        (ConnectionString, _own, _folder) = (connectionString, own, folder);

    public string ConnectionString { get; }

    public static async Task<TestServer> StartAsync(bool durable)
    {
        if (Environment.GetEnvironmentVariable(Given) is { Length: > 0 } given)
        {
            return new(given);
        }

        var folder = durable ? TestFolder.Create() : TestFolder.CreateInMemory();
        var own = await EmbeddedPostgres.StartAsync(folder["postgres"], settings: durable ? [] : Quick);
        await CheapenLoginsAsync(own.ConnectionString);

        return new(own.ConnectionString, own, folder);
    }

    /// <summary>Tests connect thousands of times: hashing the password as often as guessers should have to takes longer than the rest of it.</summary>
    private static Task CheapenLoginsAsync(string connectionString) => new PostgresProbe(connectionString).ExecuteAsync(
        $"set scram_iterations = 1; alter role postgres password '{new NpgsqlConnectionStringBuilder(connectionString).Password}'", CancellationToken.None);

    public async Task RemoveAsync(IEnumerable<string> databases)
    {
        if (_own is not null)
        {
            await _own.DisposeAsync();
            Directory.Delete(_own.Folder, recursive: true);
            _folder!.Dispose();
            return;
        }

        foreach (var name in databases)
        {
            await new PostgresProbe(ConnectionString)
                .ExecuteAsync($"drop database if exists {PostgresProbe.Quote(name)} with (force)", CancellationToken.None);
        }
    }
}
