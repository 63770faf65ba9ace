using Npgsql;

namespace HotDash.ControlPlane.Store;

internal static class Listening
{
    /// <summary>Half a minute of silence: a dead connection cannot be told from a quiet one.</summary>
    private static readonly TimeSpan Check = TimeSpan.FromSeconds(30);

    /// <summary>Tells of notifications until the connection ends, or nothing was said for a while; first of all, since something may have been missed.</summary>
    public static async Task ListenAsync(this NpgsqlDataSource store, string channel, Action heard, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        connection.Notification += (_, _) => heard();
        await using (var listen = new NpgsqlCommand($"listen {channel}", connection))
            await listen.ExecuteNonQueryAsync(ct);

        heard();
        while (await connection.WaitAsync(Check, ct))
        {
        }
    }
}
