using Aspire.Hosting.Postgres;

namespace HotDash.TestKit;

/// <summary>The server behind a fixture: our own in a temporary folder, or one that was given.</summary>
internal sealed class TestServer
{
    private const string Given = "HOTDASH_TEST_POSTGRES";

    private readonly EmbeddedPostgres? _own;
    private readonly TestFolder? _folder;

    private TestServer(string connectionString, EmbeddedPostgres? own = null, TestFolder? folder = null) =>
        (ConnectionString, _own, _folder) = (connectionString, own, folder);

    public string ConnectionString { get; }

    public static async Task<TestServer> StartAsync(IReadOnlyList<string> settings)
    {
        if (Environment.GetEnvironmentVariable(Given) is { Length: > 0 } given)
        {
            return new(given);
        }

        var folder = TestFolder.Create();
        var own = await EmbeddedPostgres.StartAsync(folder["postgres"], settings: settings);

        return new(own.ConnectionString, own, folder);
    }

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
