using Dapper;
using Npgsql;

namespace HotDash.ControlPlane.Store;

/// <summary>Dapper in a transaction and with a cancellation token, without saying so each time.</summary>
internal static class TransactionSql
{
    public static Task<int> ExecuteAsync(this NpgsqlTransaction transaction, string sql, object parameters, CancellationToken ct) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: ct));

    public static async Task<IReadOnlyList<T>> QueryAsync<T>(this NpgsqlTransaction transaction, string sql, object parameters, CancellationToken ct) =>
        (await transaction.Connection!.QueryAsync<T>(new CommandDefinition(sql, parameters, transaction, cancellationToken: ct))).AsList();

    public static Task<T?> QueryFirstAsync<T>(this NpgsqlTransaction transaction, string sql, object parameters, CancellationToken ct) =>
        transaction.Connection!.QueryFirstOrDefaultAsync<T>(new CommandDefinition(sql, parameters, transaction, cancellationToken: ct));
}
