using HotDash.TestKit;

namespace HotDash.Api.Tests;

/// <summary>One api for those tests of a class that change nothing: starting it costs more than such a test.</summary>
public sealed class SharedApi(PostgresFixture postgres) : IAsyncDisposable
{
    private ApiUnderTest? _api;

    internal string ConnectionString { get; private set; } = "";

    internal async Task<ApiUnderTest> StartAsync(CancellationToken ct)
    {
        if (_api is not null)
            return _api;

        ConnectionString = await ApiTest.CreateDatabaseAsync(postgres, ct);
        _api = await ApiUnderTest.StartAsync(ConnectionString, new ApiWire());
        await _api.UseKeyAsync();
        return _api;
    }

    public async ValueTask DisposeAsync()
    {
        if (_api is not null)
            await _api.DisposeAsync();
    }
}
