using HotDash.ControlPlane.Approvals;
using HotDash.ControlPlane.Jobs;
using HotDash.Integrations;
using Microsoft.Extensions.Options;

namespace HotDash.Pollers.Jobs.Approvals;

/// <summary>Brings an approved action as far as it goes now. It may die at any point: what it did is looked up by its mark.</summary>
internal sealed class SendApproved(ApprovalLedger ledger, GuardedOperations operations, ApprovedCall call, IOptions<ApprovalOptions> options) : IJob<SendApprovedPayload>
{
    private static readonly TimeSpan AtOnce = TimeSpan.Zero;
    private static readonly TimeSpan WhileRefused = TimeSpan.FromSeconds(30);

    public async Task<JobOutcome> RunAsync(SendApprovedPayload payload, JobContext context, CancellationToken ct)
    {
        if (await ledger.ReadAsync(payload.ApprovalId, ct) is not var (approval, now))
            return JobOutcome.Done;

        try
        {
            return await StepAsync(approval, now, context, ct) is { } wait ? JobOutcome.Snooze(wait) : JobOutcome.Done;
        }
        catch (IntegrationException e) when (e.Retryable || e.Scope is FailureScope.Integration)
        {
            return JobOutcome.Snooze(e.RetryAfter ?? WhileRefused);
        }
    }

    /// <returns>When to go on; null when there is nothing left to do.</returns>
    private Task<TimeSpan?> StepAsync(Approval approval, DateTimeOffset now, JobContext context, CancellationToken ct) => approval.Next(options.Value.AbandonedAfter, now) switch
    {
        SendStep.Send when operations.Find(approval.Kind) is { } operation => SendAsync(operation, approval, context, ct),
        SendStep.Look when operations.Find(approval.Kind) is { RecognisesRepetition: true } operation => RepeatAsync(operation, approval, now, context, ct),
        SendStep.Look when operations.Find(approval.Kind) is { } operation => LookAsync(operation, approval, now, context, ct),
        SendStep.Send or SendStep.Look => Task.FromResult<TimeSpan?>(WhileRefused), // a newer version of the pollers knows how
        SendStep.Wait => Task.FromResult(approval.AttemptAt + options.Value.AbandonedAfter - now),
        SendStep.Abandon => MoveAsync(approval, (found, at) => found.Abandon(options.Value.AbandonedAfter, at), context, ct),
        SendStep.Expire => MoveAsync(approval, (found, at) => found.Expire(at), context, ct),
        _ => Task.FromResult<TimeSpan?>(null),
    };

    private async Task<TimeSpan?> SendAsync(IGuardedOperation operation, Approval approval, JobContext context, CancellationToken ct)
    {
        try
        {
            var version = approval.TargetVersion is null ? null : await operation.VersionAsync(approval.Target, ct);
            if (version == approval.TargetVersion)
                return await call.MakeAsync(operation, approval.Id, repeats: false, context, ct);

            await context.InFencedTransactionAsync((_, transaction) => ledger.OutdateAsync(transaction, approval.Id, version, ct), ct);
            return null;
        }
        catch (IntegrationException e) when (e.Code is IntegrationCodes.NotFound)
        {
            return await MoveAsync(approval, (found, _) => found.Gone(e.Message), context, ct);
        }
    }

    /// <summary>What is found was sent. What is missing proves nothing before the window has passed, counted from before the look.</summary>
    private async Task<TimeSpan?> LookAsync(IGuardedOperation operation, Approval approval, DateTimeOffset now, JobContext context, CancellationToken ct)
    {
        var attempt = approval.AttemptId!.Value;
        if (await operation.FindExistingAsync(approval.Guarded, ct) is { } existing)
            return await MoveAsync(approval, (found, _) => found.Found(attempt, existing.Id), context, ct);

        return approval.UnknownAt + options.Value.SettleWindow - now is { } left && left > TimeSpan.Zero
            ? left
            : await MoveAsync(approval, (found, at) => found.Absent(attempt, now, options.Value.SettleWindow, options.Value.MaxSends, at), context, ct);
    }

    /// <summary>The provider tells what became of it when it gets it again. That is too late when its time is over, since it may have an effect: a person has to look.</summary>
    private async Task<TimeSpan?> RepeatAsync(IGuardedOperation operation, Approval approval, DateTimeOffset now, JobContext context, CancellationToken ct) =>
        approval.UnknownAt + options.Value.SettleWindow - now is { } left && left > TimeSpan.Zero ? left
        : approval.ExpiresAt <= now ? null
        : await call.MakeAsync(operation, approval.Id, repeats: true, context, ct);

    private static async Task<TimeSpan?> MoveAsync(Approval approval, Func<Approval, DateTimeOffset, Approval> move, JobContext context, CancellationToken ct)
    {
        await context.InFencedTransactionAsync((_, transaction) => ApprovalLedger.MoveAsync(transaction, approval.Id, move, ct), ct);
        return AtOnce;
    }
}
