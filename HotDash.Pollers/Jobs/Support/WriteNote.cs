using HotDash.ControlPlane.Approvals;
using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Support;
using HotDash.Integrations;
using HotDash.Integrations.Chatwoot;
using Microsoft.Extensions.Options;

namespace HotDash.Pollers.Jobs.Support;

/// <summary>
/// Shows a draft to agents, as a note in the conversation. It may die at any point: a note whose outcome is unknown is looked up by its mark before
/// it is written again. What Chatwoot refuses is a dead letter; the approval waits all the same.
/// </summary>
internal sealed class WriteNote(DraftNotes notes, ChatwootClient chatwoot, ChatwootOptions chatwootOptions, DeadLetterStore letters, IOptions<ApprovalOptions> options)
    : IJob<WriteNotePayload>
{
    private static readonly TimeSpan WhileRefused = TimeSpan.FromSeconds(30);

    public async Task<JobOutcome> RunAsync(WriteNotePayload payload, JobContext context, CancellationToken ct)
    {
        if (await notes.FindAsync(payload.ApprovalId, ct) is not { } note)
            return JobOutcome.Done;

        try
        {
            var wait = note.Age is { } age ? await LookAsync(payload.ApprovalId, note, age, context, ct) : await WriteAsync(payload.ApprovalId, note, context, ct);
            return wait is { } later ? JobOutcome.Snooze(later) : JobOutcome.Done;
        }
        catch (IntegrationException e) when (e.Retryable || e.Scope is FailureScope.Integration)
        {
            return JobOutcome.Snooze(e.RetryAfter ?? WhileRefused);
        }
    }

    /// <summary>What is missing proves nothing before the window has passed, counted from the end of the call.</summary>
    /// <returns>When to go on; null when there is nothing left to do.</returns>
    private async Task<TimeSpan?> LookAsync(Guid id, DraftNote note, TimeSpan age, JobContext context, CancellationToken ct)
    {
        if (await chatwoot.FindAsync(note.Message, ct) is { } found)
        {
            await context.InFencedTransactionAsync((_, transaction) => DraftNotes.WrittenAsync(transaction, id, found.Id, ct), ct);
            return null;
        }

        return options.Value.AbandonedAfter + options.Value.SettleWindow - age is var left && left > TimeSpan.Zero ? left : await WriteAsync(id, note, context, ct);
    }

    private async Task<TimeSpan?> WriteAsync(Guid id, DraftNote note, JobContext context, CancellationToken ct)
    {
        await context.EnsureLeaseAsync(options.Value.AbandonedAfter, ct);
        await context.InFencedTransactionAsync((_, transaction) => DraftNotes.BeginAsync(transaction, id, ct), ct);
        try
        {
            var written = await chatwoot.WriteAsync(note.Message, ct);
            await context.InFencedTransactionAsync((_, transaction) => DraftNotes.WrittenAsync(transaction, id, written.Id, ct), ct);
            return null;
        }
        catch (IntegrationException e) when (!e.OutcomeUnknown)
        {
            await context.InFencedTransactionAsync((_, transaction) => DraftNotes.NotSentAsync(transaction, id, ct), ct);
            if (e.Retryable || e.Scope is FailureScope.Integration)
                throw;

            await RefusedAsync(id, note, e, context, ct);
            return null;
        }
    }

    private Task RefusedAsync(Guid id, DraftNote note, IntegrationException failure, JobContext context, CancellationToken ct) => context.InFencedTransactionAsync(
        async (_, transaction) =>
        {
            await DraftNotes.RefusedAsync(transaction, id, failure.Code, ct);
            await letters.KeepAsync(
                transaction,
                new()
                {
                    Integration = chatwootOptions.Key,
                    Operation = ChatwootWrites.OperationOf(note.Message),
                    Request = ChatwootWrites.ToRequest(note.Message, chatwootOptions),
                    Failure = LetterFailure.Of(failure),
                    Origin = note.Requester,
                },
                ct);
        },
        ct);
}
