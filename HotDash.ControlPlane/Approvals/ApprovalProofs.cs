using System.Text.Json;
using HotDash.ControlPlane.Audit;
using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.Approvals;

/// <summary>Shows from the audit alone that what was sent is what was approved. The approval's own row is not asked: whoever can change that must not be believed.</summary>
public sealed class ApprovalProofs(NpgsqlDataSource store, ActionVault vault)
{
    /// <returns>Null when the audit knows no such approval.</returns>
    public async Task<ApprovalProof?> ProveAsync(Guid id, CancellationToken ct)
    {
        var story = await StoryAsync(id, ct);
        if (story is [])
            return null;

        var sent = story.LastOrDefault(fact => fact.Action is ApprovalAudit.Send);
        return sent is null
            ? new(false, null, [new("sent", false, "It was not sent.")], story)
            : new ProofOf(story, sent, await StoredHashAsync(id, sent, ct)).Proof;
    }

    private async Task<IReadOnlyList<ProofFact>> StoryAsync(Guid id, CancellationToken ct)
    {
        var entries = await store.QueryAsync<AuditEntry>(
            $"select {AuditEntry.Columns} from audit_entries where kind = '{AuditKinds.Approval}' and object_id = @id order by id",
            new { id = id.ToString() }, ct);

        return [.. entries.Where(entry => entry.Action is not "grade").Select(ProofFact.Of)];
    }

    /// <summary>The hash of the bytes as they are stored now.</summary>
    private async Task<string?> StoredHashAsync(Guid id, ProofFact sent, CancellationToken ct)
    {
        var box = await store.QueryFirstAsync<byte[]>(
            "select bytes from approval_revisions where approval_id = @id and revision = @Revision", new { id, sent.Revision }, ct);

        return box is not null && vault.Open(id, sent.Revision, box) is { } bytes
            ? ActionHash.Of(sent.Kind, sent.Account, sent.Target, sent.TargetVersion, bytes)
            : null;
    }
}

/// <summary>Whether what was sent is what was approved.</summary>
/// <param name="Hash">Of what was sent; null when nothing was.</param>
/// <param name="Story">What the audit tells of it.</param>
public sealed record ApprovalProof(bool Proved, string? Hash, IReadOnlyList<ProofCheck> Checks, IReadOnlyList<ProofFact> Story);

/// <summary>One thing that must hold, whether it does, and what was found.</summary>
public sealed record ProofCheck(string Check, bool Ok, string Detail);

/// <summary>An entry of the audit, as far as it proves something.</summary>
/// <param name="Seq">Its number in the chain; null for a second.</param>
public sealed record ProofFact(
    long? Seq, DateTimeOffset At, string Action, string Actor, string Hash, int Revision, int Required, string State, string? EffectId, string Kind, string Account, string Target,
    string? TargetVersion)
{
    internal static ProofFact Of(AuditEntry entry)
    {
        using var after = JsonDocument.Parse(entry.After!);
        var fact = after.RootElement;
        return new(
            entry.Seq, new(entry.At), entry.Action, entry.Actor, Text(fact, "hash")!, fact.GetProperty("revision").GetInt32(), fact.GetProperty("required").GetInt32(),
            Text(fact, "state")!, Text(fact, "effectId"), Text(fact, "kind")!, Text(fact, "account")!, Text(fact, "target")!, Text(fact, "targetVersion"));
    }

    private static string? Text(JsonElement fact, string name) => fact.GetProperty(name).GetString();
}
