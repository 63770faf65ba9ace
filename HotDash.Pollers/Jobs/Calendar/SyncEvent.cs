using HotDash.ControlPlane.Calendar;
using HotDash.ControlPlane.Jobs;
using HotDash.Integrations;
using HotDash.Integrations.GoogleCalendar;

namespace HotDash.Pollers.Jobs.Calendar;

/// <summary>Brings one event of a plan to where it should be. It may die at any point: the next run meets what it did.</summary>
internal sealed class SyncEvent(EventMirror mirror, GoogleCalendarOptions options, CalendarLedger ledger) : IJob<SyncEventPayload>
{
    private static readonly TimeSpan WhileOff = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WhileRefused = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WhileBusy = TimeSpan.FromMilliseconds(500);

    public async Task<JobOutcome> RunAsync(SyncEventPayload payload, JobContext context, CancellationToken ct)
    {
        if (options.State is not IntegrationState.Live)
            return JobOutcome.Snooze(WhileOff); // accepted while live: it is never answered from mock

        var claim = await ClaimAsync(payload.EventId, context, ct);
        if (claim.Event is not { } wish)
            return claim.IsBusy ? JobOutcome.Snooze(WhileBusy) : JobOutcome.Done;

        try
        {
            await EndAsync(wish, await mirror.BringAsync(wish, context, ct), context, ct);
        }
        catch (IntegrationException e) when (e.Deferred)
        {
            return JobOutcome.Snooze(e.RetryAfter ?? WhileRefused);
        }
        catch (IntegrationException e) when (IsLast(e, context))
        {
            await EndAsync(wish, EventEnd.Failed(e), context, ct);
        }

        return JobOutcome.Done;
    }

    /// <summary>A conflict is somebody else's change between our look and our call: look again. A refused key may be given back.</summary>
    private static bool IsLast(IntegrationException e, JobContext context) =>
        e is { Retryable: false, Scope: FailureScope.Call, Code: not IntegrationCodes.Conflict } || context.Attempt >= CalendarJobs.MaxTries;

    private static async Task<EventClaim> ClaimAsync(string eventId, JobContext context, CancellationToken ct)
    {
        EventClaim? claim = null;
        await context.InFencedTransactionAsync(
            async (_, transaction) => claim = await CalendarLedger.ClaimAsync(transaction, eventId, context.JobId, ct), ct);
        return claim!;
    }

    private Task EndAsync(MirroredEvent wish, EventEnd end, JobContext context, CancellationToken ct) => context.InFencedTransactionAsync(
        (_, transaction) => ledger.EndAsync(transaction, wish, context.JobId, context.Attempt, end, ct), ct);
}
