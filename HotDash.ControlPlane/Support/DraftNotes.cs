using System.Globalization;
using System.Text.Json;
using HotDash.ControlPlane.Approvals;
using HotDash.ControlPlane.Store;
using HotDash.Integrations.Chatwoot;
using Npgsql;

namespace HotDash.ControlPlane.Support;

/// <summary>The notes by which agents see drafts, for the job that writes them.</summary>
internal sealed class DraftNotes(NpgsqlDataSource store, ApprovalReads approvals, SupportVault vault)
{
    /// <returns>Null when there is nothing left to write: it is there, or never will be.</returns>
    public async Task<DraftNote?> FindAsync(Guid approvalId, CancellationToken ct)
    {
        var row = await store.QueryFirstAsync<Row>(
            """
            select conversation_id as ConversationId, confidence as Confidence, sources as Sources, note_mark as Mark, hotdash_now() - note_at as Age
            from support_drafts where approval_id = @approvalId and note_id is null and note_failure is null
            """,
            new { approvalId }, ct);
        if (row is null || await approvals.FindAsync(approvalId, ct) is not { } approval || (await approvals.RevisionsAsync(approval, ct))[0].Content is not { } content)
            return null;

        return new(new(row.ConversationId, Text(content, row.Confidence, Sources(vault, approvalId, row.Sources)), Private: true, row.Mark) { Approval = approvalId }, approval.Requester, row.Age);
    }

    /// <summary>A call begins. If nothing follows, its outcome is unknown.</summary>
    public static Task BeginAsync(NpgsqlTransaction transaction, Guid approvalId, CancellationToken ct) =>
        ChangeAsync(transaction, approvalId, "note_at = hotdash_now()", null, ct);

    /// <summary>The call surely had no effect.</summary>
    public static Task NotSentAsync(NpgsqlTransaction transaction, Guid approvalId, CancellationToken ct) =>
        ChangeAsync(transaction, approvalId, "note_at = null", null, ct);

    public static Task WrittenAsync(NpgsqlTransaction transaction, Guid approvalId, string noteId, CancellationToken ct) =>
        ChangeAsync(transaction, approvalId, "note_at = null, note_id = @what", noteId, ct);

    /// <param name="code">Of docs/errors.md.</param>
    public static Task RefusedAsync(NpgsqlTransaction transaction, Guid approvalId, string code, CancellationToken ct) =>
        ChangeAsync(transaction, approvalId, "note_at = null, note_failure = @what", code, ct);

    /// <returns>Nothing when they cannot be opened any more.</returns>
    public static IReadOnlyList<string> Sources(SupportVault vault, Guid approvalId, byte[] box) =>
        vault.Open($"draft/{approvalId}", box) is { } json ? JsonSerializer.Deserialize<string[]>(json)! : [];

    private static Task<int> ChangeAsync(NpgsqlTransaction transaction, Guid approvalId, string change, string? what, CancellationToken ct) =>
        transaction.ExecuteAsync($"update support_drafts set {change} where approval_id = @approvalId", new { approvalId, what }, ct);

    private static string Text(string content, double confidence, IReadOnlyList<string> sources) => string.Create(
        CultureInfo.InvariantCulture,
        $"Draft of a reply, by a program (confidence {confidence:0.##}). The customer gets it when somebody approves it in HotDash.\n\n{content}{string.Concat(sources.Select(source => $"\n— {source}"))}");

    private sealed record Row(string ConversationId, double Confidence, byte[] Sources, Guid Mark, TimeSpan? Age);
}

/// <summary>A note to be written. A class: a record would print the words.</summary>
/// <param name="age">Of the call whose end is not known; null when there was none.</param>
internal sealed class DraftNote(NewMessage message, string requester, TimeSpan? age)
{
    public NewMessage Message => message;

    public string Requester => requester;

    public TimeSpan? Age => age;
}
