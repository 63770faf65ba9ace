using Dapper;
using HotDash.ControlPlane.Store;
using HotDash.TestKit;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace HotDash.ControlPlane.Tests;

/// <summary>A test with a migrated database of its own.</summary>
public abstract class StoreTest(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly List<NpgsqlDataSource> _stores = [];

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected string ConnectionString { get; private set; } = "";

    protected NpgsqlDataSource Store { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await postgres.CreateDatabaseAsync("migrated", MigrateAsync, Ct);
        Store = Open(ConnectionString);
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var store in _stores)
            await store.DisposeAsync();
    }

    /// <summary>The same database for a session whose clock is ahead.</summary>
    protected NpgsqlDataSource After(TimeSpan offset) => Open(ConnectionStringAfter(offset));

    protected string ConnectionStringAfter(TimeSpan offset) =>
        new NpgsqlConnectionStringBuilder(ConnectionString) { Options = $"-c hotdash.clock_offset={(long)offset.TotalMilliseconds}ms" }.ConnectionString;

    /// <summary>A server that nobody runs.</summary>
    protected NpgsqlDataSource Away() => Open("Host=127.0.0.1;Port=1;Username=nobody;Database=nothing;Timeout=1");

    protected async Task<T?> ScalarAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await Store.OpenConnectionAsync(Ct);
        return await connection.ExecuteScalarAsync<T>(sql, parameters);
    }

    private NpgsqlDataSource Open(string connectionString)
    {
        var store = NpgsqlDataSource.Create(connectionString);
        _stores.Add(store);
        return store;
    }

    private static async Task MigrateAsync(string connectionString)
    {
        await using var store = NpgsqlDataSource.Create(connectionString);
        await StoreMigrations.ApplyAsync(store);
    }
}
