using HotDash.ControlPlane.Reads;

namespace HotDash.ControlPlane.Audit;

/// <summary>An entry as it is stored.</summary>
/// <param name="Id">In the order of writing.</param>
/// <param name="Seq">Its number in the chain, from 1 without gaps; null while it has none, for a second at most.</param>
/// <param name="At">UTC, by the database's clock.</param>
/// <param name="Before">JSON.</param>
/// <param name="After">JSON.</param>
/// <param name="Hash">SHA-256; null as long as <paramref name="Seq"/> is.</param>
public sealed record AuditEntry(
    long Id, long? Seq, DateTime At, string Kind, string ObjectId, string Action, string Actor, string? Reason, string? Before, string? After, string? TraceId, byte[]? Hash)
{
    internal const string Columns =
        """
        id as Id, seq as Seq, at as At, kind as Kind, object_id as ObjectId, action as Action, actor as Actor, why as Reason,
        before::text as Before, after::text as After, trace_id as TraceId, hash as Hash
        """;
}

/// <summary>Which entries.</summary>
/// <param name="Kind">One of <see cref="AuditKinds"/>.</param>
/// <param name="Actor">A key's name, its id, or both.</param>
public sealed record AuditFilter(string? Kind = null, string? ObjectId = null, string? Actor = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>Where a page of entries ended.</summary>
public sealed record AuditPosition(long Id) : Cursor;

/// <summary>Where the chain ends.</summary>
/// <param name="Log">Tells this log from others.</param>
/// <param name="At">The database's time when it was read.</param>
internal sealed record AuditHead(Guid Log, long Seq, byte[] Hash, DateTime At)
{
    public const string Sql = "select id as Log, seq as Seq, hash as Hash, hotdash_now() as At from audit_chain";
}
