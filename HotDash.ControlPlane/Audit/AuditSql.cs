using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using HotDash.ControlPlane.Store;
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
        values (@Kind, @ObjectId, @Action, @Actor, @Why, @before::jsonb, @after::jsonb, @traceId)
        """,
        new { change.Kind, change.ObjectId, change.Action, change.Actor, change.Why, before = Text(change.Before), after = Text(change.After), traceId = TraceId }, ct);

    /// <summary>Of the request or job that this is a part of.</summary>
    public static string? TraceId => Activity.Current?.TraceId.ToString();

    private static string? Text(object? value) => value is null ? null : JsonSerializer.Serialize(value, Json);
}
