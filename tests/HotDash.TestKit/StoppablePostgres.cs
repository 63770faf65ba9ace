using Npgsql;

namespace HotDash.TestKit;

/// <summary>A PostgreSQL of its own that can be stopped or killed, and started again with its data, on another port.</summary>
public sealed class StoppablePostgres : IAsyncDisposable
{
    private const string Password = "of-no-use-elsewhere";

    private readonly TestFolder _folder = TestFolder.Create();
    private EmbeddedPostgres? _server;

    /// <exception cref="InvalidOperationException">It was never started.</exception>
    public string ConnectionString => _server?.ConnectionString ?? throw new InvalidOperationException("Start it first.");

    public int Port => new NpgsqlConnectionStringBuilder(ConnectionString).Port;

    public async Task StartAsync(CancellationToken ct) => _server = await EmbeddedPostgres.StartAsync(_folder["postgres"], Password, ct: ct);

    public Task KillAsync() => _server?.KillAsync() ?? Task.CompletedTask;

    public async Task StopAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (_server is not null)
        {
            Directory.Delete(_server.Folder, recursive: true);
        }

        _folder.Dispose();
    }
}
