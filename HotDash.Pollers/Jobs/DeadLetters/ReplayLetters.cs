using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Jobs;
using HotDash.Integrations;

namespace HotDash.Pollers.Jobs.DeadLetters;

/// <summary>
/// Works on a replay, one letter after the other, a slice of time per run. Whatever it is about to send is written down first, so it
/// may die at any point: what was on its way then is looked up, never sent again blindly.
/// </summary>
internal sealed class ReplayLetters(ReplayLedger ledger, ReplayStep step, PreviewLook look, TimeProvider clock) : IJob<ReplayPayload>
{
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WhileLimited = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);

    public async Task<JobOutcome> RunAsync(ReplayPayload payload, JobContext context, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        while (clock.GetElapsedTime(began) < Slice)
        {
            if (await ledger.FindAsync(payload.ReplayId, context.JobId, ct) is not { } replay)
                return JobOutcome.Done;

            try
            {
                var more = replay.IsPreview ? await look.NextAsync(replay, ct) : await step.NextAsync(replay, context, ct);
                if (!more)
                    return replay.IsPreview ? JobOutcome.Done : await RestAsync(replay, ct);
            }
            catch (IntegrationException e) when (e.Deferred)
            {
                var wait = e.RetryAfter ?? WhileLimited;
                await ledger.SayAsync(replay.Id, $"Waits: {e.Message}.", ct);
                return JobOutcome.Snooze(wait);
            }
        }

        return JobOutcome.Snooze(TimeSpan.Zero);
    }

    /// <summary>Nothing is due now: wait for what is not yet, or be done.</summary>
    private async Task<JobOutcome> RestAsync(ActiveReplay replay, CancellationToken ct)
    {
        if (await ledger.NextDueAsync(replay.Id, ct) is { } due)
            return JobOutcome.Snooze(due > Shortest ? due : Shortest);

        await ledger.FinishAsync(replay.Id, ct);
        return JobOutcome.Done;
    }
}
