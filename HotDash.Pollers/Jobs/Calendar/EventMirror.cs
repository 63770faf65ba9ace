using HotDash.ControlPlane.Calendar;
using HotDash.ControlPlane.Jobs;
using HotDash.Integrations;
using HotDash.Integrations.GoogleCalendar;

namespace HotDash.Pollers.Jobs.Calendar;

/// <summary>
/// Makes the calendar show one event as it is wanted, whatever earlier tries did. An event that is new is inserted, and a conflict means
/// that it is there already; every other change begins with a look. What somebody changed there stays, unless it may be overwritten.
/// </summary>
internal sealed class EventMirror(GoogleCalendarClient calendar, GoogleCalendarOptions options)
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(5);

    public Task<EventEnd> BringAsync(MirroredEvent wish, JobContext context, CancellationToken ct) =>
        wish.Wanted ? PutAsync(wish, context, ct) : RemoveAsync(wish, context, ct);

    private async Task<EventEnd> PutAsync(MirroredEvent wish, JobContext context, CancellationToken ct)
    {
        if (wish.ETag is null && await InsertAsync(wish, context, ct) is { } inserted)
            return inserted;

        return await calendar.FindAsync(wish.EventId, ct) switch
        {
            null when wish.Overwrite => await InsertAsync(wish, context, ct) ?? throw Conflict("the event comes and goes"),
            null => new(EventState.DeletedThere),
            { IsDeleted: false, Mark: null } => EventEnd.Failed(Conflict("another event has the id that this one would get")),
            { IsDeleted: true } there when !wish.Overwrite => new(EventState.DeletedThere, there),
            { } there when wish.MayReplace(there) => await PatchAsync(wish, there, context, ct),
            { } there => EventEnd.Seen(wish.Draft, there),
        };
    }

    /// <summary>What does not carry our mark is not ours to delete.</summary>
    private async Task<EventEnd> RemoveAsync(MirroredEvent wish, JobContext context, CancellationToken ct)
    {
        if (await calendar.FindAsync(wish.EventId, ct) is not { IsDeleted: false, Mark: not null })
            return EventEnd.Removed;

        await context.EnsureLeaseAsync(options.AttemptTimeout + Margin, ct);
        await calendar.DeleteAsync(wish.EventId, ct);
        return EventEnd.Removed;
    }

    /// <returns>Null when the id is taken: by an earlier call of ours, in all likelihood.</returns>
    private async Task<EventEnd?> InsertAsync(MirroredEvent wish, JobContext context, CancellationToken ct)
    {
        await context.EnsureLeaseAsync(options.AttemptTimeout + Margin, ct);
        try
        {
            return EventEnd.Written(await calendar.InsertAsync(wish.EventId, wish.Draft, ct));
        }
        catch (IntegrationException e) when (e.Code is IntegrationCodes.Conflict)
        {
            return null;
        }
    }

    private async Task<EventEnd> PatchAsync(MirroredEvent wish, CalendarEvent there, JobContext context, CancellationToken ct)
    {
        await context.EnsureLeaseAsync(options.AttemptTimeout + Margin, ct);
        return EventEnd.Written(await calendar.PatchAsync(there, wish.Draft, ct));
    }

    private IntegrationException Conflict(string message) => new(options.Key, IntegrationCodes.Conflict, message);
}
