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
        var (began, attemptId, begun) = (clock.GetTimestamp(), Guid.CreateVersion7(), false);

        await context.InFencedTransactionAsync(
            async (_, transaction) => begun = await ReplayLedger.BeginAsync(transaction, item, context.JobId, attemptId, ct), ct);
        if (!begun)
            return;

        var (end, failure) = await TryAsync(adapter, item, began, context, ct);
        await ledger.EndAsync(item.LetterId, attemptId, end, ct);

        if (failure is { Deferred: true })
            throw failure;
        if (failure is { Retryable: false, Scope: FailureScope.Integration })
            await ledger.StopAsync(item.ReplayId, $"{failure.Message}.", ct);
        else
            await ledger.SayAsync(item.ReplayId, message: null, ct);
    }

    /// <summary>The call ends by the deadline that its attempt was written down with, wherever it gets stuck.</summary>
    private async Task<(LetterEnd End, IntegrationException? Failure)> TryAsync(
        IReplayable adapter, ReplayItem item, long began, JobContext context, CancellationToken ct)
    {
        var left = options.Value.CallDeadline - clock.GetElapsedTime(began);
        if (left <= TimeSpan.Zero || context.RemainingLease < left)
            return (LetterEnd.NotSent(TimeSpan.Zero), null);

        using var deadline = new CancellationTokenSource(left, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            await adapter.ReplayAsync(item.Request!, either.Token);
            return (LetterEnd.Replayed, null);
        }
        catch (IntegrationException e)
        {
            return (EndOf(e), e);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return (Lost(new(IntegrationCodes.Timeout, $"{item.Integration}: no answer in time", OutcomeUnknown: true)), null);
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
