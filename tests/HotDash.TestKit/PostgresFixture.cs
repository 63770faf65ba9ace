using System.Collections.Concurrent;
using Aspire.Hosting.Postgres;
using Npgsql;

namespace HotDash.TestKit;

/// <summary>
/// One real PostgreSQL for all tests of an assembly (<c>[assembly: AssemblyFixture(typeof(PostgresFixture))]</c>), started when the first
/// test asks for a database: the embedded one, or the server of the connection string in HOTDASH_TEST_POSTGRES.
/// </summary>
/// <remarks>It forgets to flush to disk, for speed. <see cref="DurablePostgresFixture"/> does not.</remarks>
public class PostgresFixture : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _templates = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<string> _databases = [];
    private readonly Lazy<Task<TestServer>> _server;

    public PostgresFixture()
        : this(durable: false)
    {
    }

    private protected PostgresFixture(bool durable) => _server = new(() => TestServer.StartAsync(durable));

    /// <summary>A new empty database; answers its connection string.</summary>
    public Task<string> CreateDatabaseAsync(CancellationToken ct = default) => CreateAsync("template0", ct);

    /// <summary>A new database as `prepare` left its first one. That runs once for each name of a template; copying takes milliseconds.</summary>
    /// <param name="template">A name for what `prepare` does.</param>
    /// <param name="prepare">Gets a connection string; must have closed its connections when it returns.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<string> CreateDatabaseAsync(string template, Func<string, Task> prepare, CancellationToken ct = default)
    {
        var prepared = _templates.GetOrAdd(template, _ => new(() => PrepareAsync(prepare)));

        return await CreateAsync(await prepared.Value, ct);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);

        if (!_server.IsValueCreated)
        {
            return;
        }

        var server = await _server.Value;
        await server.RemoveAsync(_databases);
    }

    private async Task<string> PrepareAsync(Func<string, Task> prepare)
    {
        var connectionString = await CreateAsync("template0", CancellationToken.None);
        await prepare(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);

        return new NpgsqlConnectionStringBuilder(connectionString).Database!;
    }

    private async Task<string> CreateAsync(string template, CancellationToken ct)
    {
        var server = await _server.Value;
        var name = $"test_{Guid.CreateVersion7():N}";
        _databases.Add(name);
        await new PostgresProbe(server.ConnectionString)
            .ExecuteAsync($"create database {PostgresProbe.Quote(name)} template {PostgresProbe.Quote(template)}", ct);

        return new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name }.ConnectionString;
    }
}

/// <summary>For tests that kill servers or measure writes: flushes to disk as production does.</summary>
public sealed class DurablePostgresFixture() : PostgresFixture(durable: true);
