using Dapper;
using Npgsql;

namespace HotDash.ControlPlane.Store;

/// <summary>One statement on a connection of its own. For several that belong together: <see cref="TransactionSql"/>.</summary>
internal static class StoreSql
{
    public static async Task<int> ExecuteAsync(this NpgsqlDataSource store, string sql, object? parameters, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        return await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: ct));
    }

    public static async Task<IReadOnlyList<T>> QueryAsync<T>(this NpgsqlDataSource store, string sql, object? parameters, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        return (await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: ct))).AsList();
    }

    public static async Task<T?> QueryFirstAsync<T>(this NpgsqlDataSource store, string sql, object? parameters, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        return await connection.QueryFirstOrDefaultAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: ct));
    }
}
