using HotDash.ControlPlane;
using HotDash.ControlPlane.Store;
using HotDash.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace HotDash.Api.Tests;

/// <summary>A test with a database of its own, and an api once it asks for one.</summary>
/// <param name="shared">For tests that change nothing.</param>
public abstract class ApiTest(PostgresFixture postgres, SharedApi? shared = null) : IAsyncDisposable
{
    private protected static readonly (string, string)[] SupabaseLive =
        [("IDEA_POOL_SUPABASE_ENABLED", "true"), ("SUPABASE_URL", "https://supabase.example"), ("SUPABASE_SERVICE_KEY", "sb_secret_test")];

    private protected static readonly (string, string)[] PublerLive =
        [("PUBLER_LIVE", "true"), ("PUBLER_API_KEY", "publer-test-key"), ("PUBLER_WORKSPACE_ID", "ws-1")];

    private protected static readonly (string, string)[] ChatwootLive =
        [("CHATWOOT_BASE_URL", "https://chatwoot.example"), ("CHATWOOT_API_KEY", "chatwoot-test-token"), ("CHATWOOT_ACCOUNT_ID", "1")];

    private protected static readonly (string, string)[] PlausibleLive =
        [("PLAUSIBLE_LIVE", "true"), ("PLAUSIBLE_API_KEY", "plausible-test-key"), ("PLAUSIBLE_SITE_ID", "shop.example")];

    private readonly List<IAsyncDisposable> _toDispose = [];

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected ApiWire Wire { get; } = new();

    protected string ConnectionString { get; private set; } = "";

    /// <summary>An api whose client sends a key with all scopes.</summary>
    private protected Task<ApiUnderTest> StartAsync(params (string Name, string Value)[] settings) => StartAsync(Wire, settings);

    /// <inheritdoc cref="ApiUnderTest.StartAsync"/>
    private protected async Task<ApiUnderTest> StartAsync(ApiWire? wire, params (string Name, string Value)[] settings)
    {
        ConnectionString = await CreateDatabaseAsync(postgres, Ct);
        var api = await ApiUnderTest.StartAsync(ConnectionString, wire, settings);
        _toDispose.Add(api);
        await api.UseKeyAsync();
        return api;
    }

    /// <summary>The api that the tests of this class have together, with no settings of theirs and nothing planned on its wire.</summary>
    private protected async Task<ApiUnderTest> SharedAsync()
    {
        var api = await shared!.StartAsync(Ct);
        ConnectionString = shared.ConnectionString;
        return api;
    }

    internal static Task<string> CreateDatabaseAsync(PostgresFixture postgres, CancellationToken ct) => postgres.CreateDatabaseAsync("migrated", MigrateAsync, ct);

    private protected async Task<long> CountAsync(string table)
    {
        await using var store = NpgsqlDataSource.Create(ConnectionString);
        await using var count = store.CreateCommand($"select count(*) from {table}");
        return (long)(await count.ExecuteScalarAsync(Ct))!;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var item in _toDispose)
            await item.DisposeAsync();
    }

    /// <summary>As the migrations run does, with its keys.</summary>
    private static async Task MigrateAsync(string connectionString)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
            [new("ConnectionStrings:hotdash", connectionString), new("DATA_PROTECTION_KEY", ApiUnderTest.DataProtectionKey)]);
        builder.Services.AddMetrics();
        builder.AddControlPlane().AddStoreSetup();
        using var host = builder.Build();

        await host.Services.GetRequiredService<StoreSetup>().RunAsync(CancellationToken.None);
    }
}
