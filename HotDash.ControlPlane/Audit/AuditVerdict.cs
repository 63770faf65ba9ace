using System.Text.Json.Serialization;
using HotDash.Integrations;

namespace HotDash.ControlPlane.Audit;

/// <summary>What a verification found.</summary>
/// <param name="Log">Tells this log from others.</param>
/// <param name="Entries">So many were read and hashed.</param>
/// <param name="Newest">The number that the newest entry of the chain should have.</param>
/// <param name="Flaws">What is wrong, by place; the first hundred.</param>
/// <param name="FlawCount">Of all.</param>
public sealed record AuditVerdict(
    Guid Log, long Entries, long Newest, IReadOnlyList<AuditFlaw> Flaws, long FlawCount, UnchainedTail Unchained, CheckpointVerdict Checkpoints)
{
    public bool Ok => FlawCount == 0;
}

/// <param name="From">The number of the first entry that it is about.</param>
/// <param name="To">And of the last.</param>
public sealed record AuditFlaw(AuditFlawKind Kind, long From, long To, string What);

/// <summary>What was done to the log.</summary>
[JsonConverter(typeof(SnakeCaseConverter<AuditFlawKind>))]
public enum AuditFlawKind
{
    /// <summary>An entry was edited, or stands in another's place.</summary>
    Altered,

    /// <summary>Entries were deleted from the middle.</summary>
    Missing,

    /// <summary>The newest entries were deleted.</summary>
    CutTail,

    /// <summary>The hashes were made anew after an edit: they contradict a signed checkpoint.</summary>
    Rewritten,

    /// <summary>A checkpoint was not signed with our key.</summary>
    Forged,

    /// <summary>There is no checkpoint, although one was due.</summary>
    NoCheckpoint,
}

/// <summary>Committed entries that have no number yet.</summary>
/// <param name="OldestAge">Null when there is none.</param>
public sealed record UnchainedTail(long Entries, TimeSpan? OldestAge)
{
    internal const string Sql = "select count(*) as Entries, hotdash_now() - min(at) as OldestAge from audit_entries where seq is null";
}

/// <param name="File">Null when none is configured: then the newest entries could be deleted unseen.</param>
/// <param name="PublicKey">With which they are verified, as <c>AUDIT_PUBLIC_KEY</c> takes it.</param>
/// <param name="Count">Checkpoints of this log that were signed with our key.</param>
/// <param name="LastSeq">Up to this entry the log is signed; null when there is no checkpoint.</param>
/// <param name="Unreadable">Lines that cannot be read; one that was cut short is left when a process dies while it writes.</param>
public sealed record CheckpointVerdict(string? File, string? PublicKey, long Count, long? LastSeq, DateTimeOffset? LastAt, long Unreadable);
