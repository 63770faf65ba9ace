using Dapper;
using Npgsql;

namespace HotDash.ControlPlane.Social;

/// <summary>Remembers which request a caller's key was used for, and what became of it.</summary>
internal static class IdempotencyKeys
{
    /// <returns>False while another request with this key is being worked on.</returns>
    public static Task<bool> TryLockAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IdempotencyKey key, CancellationToken ct) =>
        connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            "select pg_try_advisory_xact_lock(hashtextextended('idempotency:' || @KeyId || ':' || @Key, 0))", key, transaction, cancellationToken: ct));

    public static async Task<Acceptance?> FindAsync(NpgsqlConnection connection, NpgsqlTransaction? transaction, IdempotencyKey key, CancellationToken ct)
    {
        var used = await connection.QuerySingleOrDefaultAsync<Use>(new CommandDefinition(
            "select job_id as JobId, request_hash = @RequestHash as Same from idempotency_keys where key_id = @KeyId and key = @Key",
            key, transaction, cancellationToken: ct));

        return used switch
        {
            null => null,
            { Same: true } => new(AcceptanceResult.Accepted, used.JobId),
            _ => new(AcceptanceResult.KeyReused),
        };
    }

    public static Task SaveAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, IdempotencyKey key, string jobId, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(
            "insert into idempotency_keys (key_id, key, request_hash, job_id) values (@KeyId, @Key, @RequestHash, @jobId)",
            new { key.KeyId, key.Key, key.RequestHash, jobId }, transaction, cancellationToken: ct));

    public static Task<int> PruneAsync(NpgsqlConnection connection, TimeSpan kept, CancellationToken ct) =>
        connection.ExecuteAsync(new CommandDefinition(
            "delete from idempotency_keys where created_at < hotdash_now() - @kept", new { kept }, cancellationToken: ct));

    private sealed record Use(string JobId, bool Same);
}
