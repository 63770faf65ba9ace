using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Jobs;
using HotDash.Integrations;
using Microsoft.Extensions.Options;

namespace HotDash.Pollers.Jobs.DeadLetters;

/// <summary>Makes one call for a letter. The attempt is written before, and its end after, whatever it was.</summary>
internal sealed class ReplaySend(ReplayLedger ledger, IOptions<DeadLetterOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan WhileLimited = TimeSpan.FromSeconds(30);

    /// <exception cref="IntegrationException">Nothing was sent, and nothing can be for a while.</exception>
    public async Task SendAsync(IReplayable adapter, ReplayItem item, JobContext context, CancellationToken ct)
    {
        await context.EnsureLeaseAsync(options.Value.AbandonedAfter, ct);
        var (call, attemptId, begun) = (new BoundedCall(options.Value.CallDeadline, context, clock), Guid.CreateVersion7(), false);

        await context.InFencedTransactionAsync(
            async (_, transaction) => begun = await ReplayLedger.BeginAsync(transaction, item, context.JobId, attemptId, ct), ct);
        if (!begun)
            return;

        var (end, failure) = await TryAsync(adapter, item, call, ct);
        await ledger.EndAsync(item.LetterId, attemptId, end, ct);

        if (failure is { Deferred: true })
            throw failure;
        if (failure is { Retryable: false, Scope: FailureScope.Integration })
            await ledger.StopAsync(item.ReplayId, $"{failure.Message}.", ct);
        else
            await ledger.SayAsync(item.ReplayId, message: null, ct);
    }

    private async Task<(LetterEnd End, IntegrationException? Failure)> TryAsync(IReplayable adapter, ReplayItem item, BoundedCall call, CancellationToken ct)
    {
        try
        {
            return (await call.MakeAsync(
                async limited =>
                {
                    await adapter.ReplayAsync(item.Request!, limited);
                    return LetterEnd.Replayed;
                },
                tooLate: LetterEnd.NotSent(TimeSpan.Zero),
                unanswered: Lost(new(IntegrationCodes.Timeout, $"{item.Integration}: no answer in time", OutcomeUnknown: true)), TimeSpan.Zero, ct), null);
        }
        catch (IntegrationException e)
        {
            return (EndOf(e), e);
        }
    }

    private LetterEnd EndOf(IntegrationException failure) => failure switch
    {
        { OutcomeUnknown: true } => Lost(LetterFailure.Of(failure)),
        { Deferred: true } => LetterEnd.NotSent(failure.RetryAfter ?? WhileLimited),
        { Retryable: false, Scope: FailureScope.Integration } => LetterEnd.NotSent(TimeSpan.Zero), // the replay stops; it is not this letter's fault
        _ => LetterEnd.Failed(LetterFailure.Of(failure)),
    };

    private LetterEnd Lost(LetterFailure failure) => LetterEnd.Lost(failure, options.Value.SettleWindow);
}
