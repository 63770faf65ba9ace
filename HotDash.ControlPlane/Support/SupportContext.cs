using HotDash.ControlPlane.Approvals;
using HotDash.ControlPlane.Reads;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using HotDash.Integrations.Chatwoot;
using Npgsql;

namespace HotDash.ControlPlane.Support;

/// <summary>What the customer had written when a reply was drafted, and what has come since: whoever decides about it reads both.</summary>
public sealed class SupportContext
{
    private readonly NpgsqlDataSource _store;
    private readonly SupportMessages _messages;
    private readonly SupportVault _vault;
    private readonly ChatwootClient _chatwoot;
    private readonly TimeProvider _clock;

    internal SupportContext(NpgsqlDataSource store, SupportMessages messages, SupportVault vault, ChatwootClient chatwoot, TimeProvider clock) =>
        (_store, _messages, _vault, _chatwoot, _clock) = (store, messages, vault, chatwoot, clock);

    /// <returns>Null for what is no draft of a reply.</returns>
    public async Task<DraftContext?> OfAsync(Approval approval, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(approval);
        if (approval.Kind is not GuardedKinds.SupportReply || await FindAsync(approval.Id, ct) is not { } draft)
            return null;

        var heard = await HeardAsync(approval, draft.Answers, ct);
        return new()
        {
            Answers = draft.Answers,
            Confidence = draft.Confidence,
            Sources = DraftNotes.Sources(_vault, approval.Id, draft.Sources),
            Note = draft.NoteId is not null ? "written" : draft.NoteFailure ?? "waiting",
            Answered = heard.FirstOrDefault(message => message.Id == draft.Answers),
            Newer = [.. heard.Where(message => message.Id != draft.Answers)],
        };
    }

    /// <summary>The customer's messages from the answered one on. Chatwoot is asked only for what we were not told.</summary>
    private async Task<IReadOnlyList<CustomerMessage>> HeardAsync(Approval approval, string answers, CancellationToken ct)
    {
        var heard = await KnownAsync(approval.Target, answers, ct);
        if (Has(answers) && Has(approval.TargetVersion!))
            return heard;

        using var patience = new CancellationTokenSource(ReadChain.Patience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            await _messages.KeepAsync(approval.Target, await _chatwoot.ListMessagesAsync(approval.Target, before: null, either.Token), ct);
            return await KnownAsync(approval.Target, answers, ct);
        }
        catch (Exception e) when (e is IntegrationException || (e is OperationCanceledException && patience.IsCancellationRequested && !ct.IsCancellationRequested))
        {
            return heard; // as far as we know
        }

        bool Has(string version) => version == ChatwootClient.NothingYet || heard.Any(message => message.Id == version);
    }

    private async Task<IReadOnlyList<CustomerMessage>> KnownAsync(string conversationId, string from, CancellationToken ct) =>
    [
        .. (await _messages.OfAsync(conversationId, ct)).Where(message => message.Kind is MessageKind.Incoming && SupportDrafts.Newer(message.Id, from) == message.Id)
            .Select(message => new CustomerMessage(message.Id, message.CreatedAt, message.Text)),
    ];

    private Task<Row?> FindAsync(Guid approvalId, CancellationToken ct) => _store.QueryFirstAsync<Row>(
        """
        select answers as Answers, confidence as Confidence, sources as Sources, note_id as NoteId, note_failure as NoteFailure
        from support_drafts where approval_id = @approvalId
        """,
        new { approvalId }, ct);

    private sealed record Row(string Answers, double Confidence, byte[] Sources, string? NoteId, string? NoteFailure);
}

/// <summary>What whoever decides about a draft has to read beside it. A class: a record would print the words.</summary>
public sealed class DraftContext
{
    /// <summary>The customer's message that it answers; 0 where there was none.</summary>
    public required string Answers { get; init; }

    /// <summary>How sure its author is: 0 to 1.</summary>
    public required double Confidence { get; init; }

    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Whether agents see it in the conversation: written, waiting, or a code of docs/errors.md.</summary>
    public required string Note { get; init; }

    /// <summary>Null when there was none, or when it cannot be had now.</summary>
    public CustomerMessage? Answered { get; init; }

    /// <summary>What the customer has written since: the draft does not know it.</summary>
    public required IReadOnlyList<CustomerMessage> Newer { get; init; }
}

/// <summary>A class: a record would print the words.</summary>
public sealed class CustomerMessage(string id, DateTimeOffset at, string? text)
{
    public string Id => id;

    public DateTimeOffset At => at;

    /// <summary>Null when it has attachments alone.</summary>
    public string? Text => text;
}
