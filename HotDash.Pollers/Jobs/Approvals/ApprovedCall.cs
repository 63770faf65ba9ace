using HotDash.ControlPlane.Approvals;
using HotDash.ControlPlane.Jobs;
using HotDash.Integrations;
using Microsoft.Extensions.Options;

namespace HotDash.Pollers.Jobs.Approvals;

/// <summary>Makes one call for an action. The attempt is written before, and its end after, whatever it was.</summary>
internal sealed class ApprovedCall(ApprovalLedger ledger, IOptions<ApprovalOptions> options, TimeProvider clock)
{
    private static readonly TimeSpan WhileRefused = TimeSpan.FromSeconds(30);

    /// <returns>When to go on; null when there is nothing left to do.</returns>
    /// <param name="repeats">It may have had its effect already; the provider recognises it.</param>
    public async Task<TimeSpan?> MakeAsync(IGuardedOperation operation, Guid id, bool repeats, JobContext context, CancellationToken ct)
    {
        await context.EnsureLeaseAsync(options.Value.AbandonedAfter, ct);
        var (call, attemptId) = (new BoundedCall(options.Value.CallDeadline, context, clock), Guid.CreateVersion7());
        ApprovedAction? action = null;
        await context.InFencedTransactionAsync(async (_, transaction) => action = await ledger.BeginAsync(transaction, id, attemptId, repeats, ct), ct);
        if (action is null)
            return null;

        try
        {
            var (end, wait) = await TryAsync(operation, action, call, ct);
            await context.InFencedTransactionAsync((_, transaction) => ledger.EndAsync(transaction, id, attemptId, end, ct), ct);
            return wait;
        }
        catch (TargetChangedException changed)
        {
            await context.InFencedTransactionAsync((_, transaction) => ledger.OutdateAsync(transaction, id, attemptId, operation, changed.Content, ct), ct);
            return null;
        }
    }

    private static async Task<(SendEnd End, TimeSpan? Wait)> TryAsync(IGuardedOperation operation, ApprovedAction action, BoundedCall call, CancellationToken ct)
    {
        if (action.Target.Account != operation.Account)
            return (SendEnd.Refused("It was approved for another account than the one that we are connected to."), null);

        try
        {
            return await call.MakeAsync(
                async limited =>
                {
                    var effect = await operation.SendAsync(action, limited);
                    return (SendEnd.Sent(effect.Id, effect.Result), (TimeSpan?)null);
                },
                tooLate: (SendEnd.NotSent("The worker was too slow."), TimeSpan.Zero),
                unanswered: (SendEnd.Lost("There was no answer in time."), TimeSpan.Zero), TimeSpan.Zero, ct);
        }
        catch (IntegrationException e) when (e is not TargetChangedException)
        {
            return EndOf(e);
        }
    }

    private static (SendEnd End, TimeSpan? Wait) EndOf(IntegrationException failure) => failure switch
    {
        { OutcomeUnknown: true } => (SendEnd.Lost(failure.Message), TimeSpan.Zero),
        { Retryable: true } or { Scope: FailureScope.Integration } => (SendEnd.NotSent(failure.Message), failure.RetryAfter ?? WhileRefused),
        _ => (SendEnd.Refused(failure.Message, (failure as ActionRefusedException)?.Result), null),
    };
}
