using Dapper;
using Npgsql;

namespace HotDash.Benchmarks.Approvals;

/// <summary>A row that cannot be written: whoever tries waits for a lock, within its transaction.</summary>
/// <param name="change">Of a trigger, such as <c>insert on approvals</c>.</param>
/// <param name="when">Of the row as it would be, <c>new</c>, and maybe as it was, <c>old</c>.</param>
internal sealed class StoreSnag(string connectionString, string change, string when) : ISnag
{
    private const string Lock = "(20261, 1)";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private NpgsqlConnection? _holder;

    public async Task SetAsync(CancellationToken ct)
    {
        _holder = await OpenAsync(ct);
        await _holder.ExecuteAsync(
            $"""
            create or replace function snag() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock{Lock}; return new; end $$;
            create trigger snag before {change} for each row when ({when}) execute function snag();
            select pg_advisory_lock{Lock};
            """);
    }

    public async Task CatchAsync(CancellationToken ct)
    {
        while (!await _holder!.ExecuteScalarAsync<bool>("select exists (select from pg_locks where locktype = 'advisory' and classid = 20261 and not granted)"))
            await Task.Delay(Pause, ct);
    }

    public async Task ReleaseAsync(CancellationToken ct)
    {
        // With the server its locks are gone; the trigger is not, but nobody is kept from anything any more.
        await _holder!.DisposeAsync();
        for (var removed = false; !removed; await Task.Delay(Pause, ct))
            removed = await TryRemoveAsync(ct);
    }

    private async Task<bool> TryRemoveAsync(CancellationToken ct)
    {
        try
        {
            await using var connection = await OpenAsync(ct);
            await connection.ExecuteAsync($"set lock_timeout = '5s'; drop trigger snag on {change.Split(' ')[^1]}");
            return true;
        }
        catch (NpgsqlException)
        {
            return false; // the server is not back yet
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken ct)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(ct);
        return connection;
    }
}
