using HotDash.ControlPlane.Calendar;
using HotDash.ControlPlane.Jobs;
using HotDash.Integrations;
using HotDash.Integrations.GoogleCalendar;

namespace HotDash.Pollers.Jobs.Calendar;

/// <summary>Notices what people change and delete in the calendar. It only looks.</summary>
internal sealed class CompareCalendar(GoogleCalendarClient calendar, GoogleCalendarOptions options) : IRecurringJob
{
    public async Task<JobOutcome> RunAsync(JobContext context, CancellationToken ct)
    {
        if (options.State is not IntegrationState.Live)
            return JobOutcome.Done;

        CalendarCursor? cursor = null;
        await context.InFencedTransactionAsync(
            async (_, transaction) => cursor = await CalendarLedger.CursorAsync(transaction, options, ct), ct);
        if (cursor is null)
            return JobOutcome.Done;

        var changes = await calendar.ListChangesAsync(cursor.SyncToken, ct);
        await context.InFencedTransactionAsync((_, transaction) => CalendarLedger.CompareAsync(transaction, options, changes, ct), ct);
        return JobOutcome.Done;
    }
}
