using System.Globalization;
using System.Text.Json;
using HotDash.ControlPlane.Approvals;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using Npgsql;

namespace HotDash.ControlPlane.Support;

/// <summary>
/// Takes in replies that agents propose. People decide about them, and read them in the conversation meanwhile: the approval, the draft and the job
/// that writes the note are one transaction.
/// </summary>
public sealed class SupportDrafts
{
    private readonly NpgsqlDataSource _store;
    private readonly ApprovalStore _approvals;
    private readonly GuardedOperations _operations;
    private readonly SupportVault _vault;
    private readonly SupportMessages _messages;
    private readonly JobQueue _queue;

    internal SupportDrafts(NpgsqlDataSource store, ApprovalStore approvals, GuardedOperations operations, SupportVault vault, SupportMessages messages, JobQueue queue) =>
        (_store, _approvals, _operations, _vault, _messages, _queue) = (store, approvals, operations, vault, messages, queue);

    /// <exception cref="IntegrationException">The conversation could not be read, and nothing was heard of it: nothing was taken in.</exception>
    public async Task<SubmittedDraft> SubmitAsync(Draft draft, string by, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var newest = await NewestAsync(draft.ConversationId, ct);

        await using var connection = await _store.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var submitted = await SubmitAsync(transaction, draft, draft.InReplyTo ?? newest, newest, by, ct);
        await transaction.CommitAsync(CancellationToken.None); // a commit that is cancelled half-way leaves its outcome unknown

        _queue.Wake();
        return submitted;
    }

    /// <summary>While Chatwoot is away, what its webhook told us last: if that is not the newest, the sender finds out.</summary>
    private async Task<string> NewestAsync(string conversationId, CancellationToken ct)
    {
        try
        {
            return (await _operations.Of(GuardedKinds.SupportReply).VersionAsync(conversationId, ct))!;
        }
        catch (IntegrationException e) when (e.Retryable)
        {
            if (await _messages.NewestOfCustomerAsync(conversationId, ct) is { } known)
                return known;

            throw;
        }
    }

    private async Task<SubmittedDraft> SubmitAsync(NpgsqlTransaction transaction, Draft draft, string answers, string newest, string by, CancellationToken ct)
    {
        var fingerprint = draft.Fingerprint(answers, by);
        if (await KnownAsync(transaction, fingerprint, ct) is { } known)
            return new(known, answers, IsNew: false);

        var version = Newer(newest, answers);
        var approval = await _approvals.RequestAsync(
            transaction,
            new()
            {
                Kind = GuardedKinds.SupportReply,
                Target = draft.ConversationId,
                TargetVersion = version,
                Stale = version != answers,
                Content = draft.Content,
                Risk = draft.Risk,
            },
            by, ct);
        await AddAsync(transaction, approval, draft, answers, fingerprint, ct);
        return new(approval, answers, IsNew: true);
    }

    /// <summary>Whoever asks again, because the answer was lost, gets the same draft; unless that one's time is over, or it could not be sent.</summary>
    private static async Task<Approval?> KnownAsync(NpgsqlTransaction transaction, byte[] fingerprint, CancellationToken ct)
    {
        await transaction.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended(encode(@fingerprint, 'hex'), 0))", new { fingerprint }, ct);
        return (await transaction.QueryFirstAsync<ApprovalRow>(
            $"{ApprovalRow.Select} where state not in ('expired', 'failed') and id in (select approval_id from support_drafts where fingerprint = @fingerprint)",
            new { fingerprint }, ct))?.ToApproval();
    }

    private async Task AddAsync(NpgsqlTransaction transaction, Approval approval, Draft draft, string answers, byte[] fingerprint, CancellationToken ct)
    {
        await transaction.ExecuteAsync(
            """
            insert into support_drafts (approval_id, conversation_id, answers, confidence, sources, fingerprint, created_at, note_mark)
            values (@Id, @ConversationId, @answers, @Confidence, @sources, @fingerprint, hotdash_now(), @mark)
            """,
            new
            {
                approval.Id,
                draft.ConversationId,
                answers,
                draft.Confidence,
                sources = _vault.Seal($"draft/{approval.Id}", JsonSerializer.Serialize(draft.Sources)),
                fingerprint,
                mark = Guid.CreateVersion7(),
            }, ct);
        await _queue.EnqueueAsync(
            transaction.Connection!, transaction, SupportJobs.WriteNote, new WriteNotePayload(approval.Id), new() { MaxAttempts = SupportJobs.NeverDead }, ct);
    }

    /// <summary>Chatwoot counts messages up. What is no number of a message is older than any.</summary>
    internal static string Newer(string one, string other) => Number(one) >= Number(other) ? one : other;

    private static long Number(string version) => long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
