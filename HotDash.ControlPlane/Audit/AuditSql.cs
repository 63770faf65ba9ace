using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using Npgsql;

namespace HotDash.ControlPlane.Audit;

/// <summary>The one way into the audit.</summary>
internal static class AuditSql
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) } };

    /// <summary>Writes down what the transaction changes: the entry is there exactly if the change is.</summary>
    public static Task AuditAsync(this NpgsqlTransaction transaction, AuditChange change, CancellationToken ct) => transaction.ExecuteAsync(
        """
        insert into audit_entries (kind, object_id, action, actor, why, before, after, trace_id)
        values (@Kind, @ObjectId, @Action, @Actor, @Reason, @before::jsonb, @after::jsonb, @traceId)
        """,
        new { change.Kind, change.ObjectId, change.Action, change.Actor, change.Reason, before = Text(change.Before), after = Text(change.After), traceId = TraceId }, ct);

    /// <summary>Carries out one statement, and writes it down if it changed anything.</summary>
    /// <returns>False when it changed nothing.</returns>
    public static async Task<bool> ExecuteAuditedAsync(this NpgsqlDataSource store, string sql, object parameters, AuditChange change, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await transaction.ExecuteAsync(sql, parameters, ct) == 0)
            return false;

        await transaction.AuditAsync(change, ct);
        await transaction.CommitAsync(CancellationToken.None); // a commit that is cancelled half-way leaves its outcome unknown
        return true;
    }

    /// <summary>
    /// For a change at a provider: written down before the call, so that nothing happens there unwritten, and once more with
    /// <c>-failed</c> when nothing came of it.
    /// </summary>
    public static async Task<T?> CallAuditedAsync<T>(this NpgsqlDataSource store, AuditChange change, Func<Task<T?>> call, CancellationToken ct) where T : class
    {
        await WriteAsync(store, change, ct);
        try
        {
            var result = await call();
            if (result is null)
                await WriteAsync(store, change.Failed("not_found"), CancellationToken.None);
            return result;
        }
        catch (IntegrationException e)
        {
            await WriteAsync(store, change.Failed(e.Code), CancellationToken.None);
            throw;
        }
    }

    private static AuditChange Failed(this AuditChange change, string code) => change with { Action = $"{change.Action}-failed", Before = null, After = null, Reason = code };

    private static async Task WriteAsync(NpgsqlDataSource store, AuditChange change, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await transaction.AuditAsync(change, ct);
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>Of the request or job that this is a part of.</summary>
    public static string? TraceId => Activity.Current?.TraceId.ToString();

    private static string? Text(object? value) => value is null ? null : JsonSerializer.Serialize(value, Json);
}
