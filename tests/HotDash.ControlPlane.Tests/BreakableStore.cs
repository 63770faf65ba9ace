using Npgsql;

namespace HotDash.ControlPlane.Tests;

/// <summary>A store that can go away: no connection can be opened any more.</summary>
internal sealed class BreakableStore : IAsyncDisposable
{
    private volatile bool _away;

    public BreakableStore(string connectionString)
    {
        var builder = new NpgsqlDataSourceBuilder(connectionString);
        builder.ConnectionStringBuilder.Pooling = false;
        builder.UsePhysicalConnectionInitializer(_ => Check(), _ => Task.Run(Check));
        Store = builder.Build();
    }

    public NpgsqlDataSource Store { get; }

    public void Break() => _away = true;

    public void Mend() => _away = false;

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    private void Check()
    {
        if (_away)
            throw new NpgsqlException("The server is away.");
    }
}
