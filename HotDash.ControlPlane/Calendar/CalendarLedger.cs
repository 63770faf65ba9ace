using System.Text.Json;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using HotDash.Integrations.GoogleCalendar;
using Npgsql;

namespace HotDash.ControlPlane.Calendar;

/// <summary>What the jobs read and write about events. Every method runs in the caller's fenced transaction.</summary>
public sealed class CalendarLedger(CalendarLetters letters)
{
    /// <summary>Two jobs for one event never have calls on the wire at once: the younger waits until the older one's lease is over.</summary>
    public static async Task<EventClaim> ClaimAsync(NpgsqlTransaction transaction, string eventId, Guid job, CancellationToken ct)
    {
        var row = await transaction.QueryFirstAsync<Row>(
            """
            select event_id as EventId, content as Content, wanted as Wanted, overwrite as Overwrite, etag as ETag,
                   exists (select from jobs where id = e.writer and id <> @job and leased_until > hotdash_now()) as IsBusy
            from calendar_events e where event_id = @eventId and sync_job = @job for update
            """,
            new { eventId, job }, ct);
        if (row is null or { IsBusy: true })
            return new(null, row is not null);

        await transaction.ExecuteAsync("update calendar_events set writer = @job where event_id = @eventId", new { eventId, job }, ct);
        return new(row.ToEvent(), IsBusy: false);
    }

    /// <summary>Writes down how a job ended, unless a newer one has taken over.</summary>
    public async Task EndAsync(NpgsqlTransaction transaction, MirroredEvent wish, Guid job, int tries, EventEnd end, CancellationToken ct)
    {
        var written = await transaction.ExecuteAsync(
            "update calendar_events set sync_job = null, overwrite = overwrite and @failed where event_id = @EventId and sync_job = @job",
            new { wish.EventId, job, failed = end.State is EventState.Failed }, ct);
        if (written == 0)
            return;

        await WriteAsync(transaction, wish.EventId, end, ct);
        if (end.Failure is { } failure)
            await letters.KeepAsync(transaction, wish.EventId, tries, failure, ct);
        else
            await CalendarLetters.SettleAsync(transaction, wish.EventId, ct);
    }

    /// <summary>Null: nothing of ours is there, so nothing needs to be read.</summary>
    public static async Task<CalendarCursor?> CursorAsync(NpgsqlTransaction transaction, GoogleCalendarOptions calendar, CancellationToken ct) =>
        await transaction.QueryFirstAsync<CalendarCursor>(
            """
            select (select sync_token from calendar_cursors where calendar_id = @CalendarId) as SyncToken
            where exists (select from calendar_events where source = @Source and wanted and state <> 'waiting')
            """,
            new { calendar.CalendarId, calendar.Source }, ct);

    /// <summary>Compares what is there with what should be.</summary>
    public static async Task CompareAsync(NpgsqlTransaction transaction, GoogleCalendarOptions calendar, CalendarChanges changes, CancellationToken ct)
    {
        var seen = changes.Events.Reverse().DistinctBy(found => found.Id, StringComparer.Ordinal).ToDictionary(found => found.Id, StringComparer.Ordinal);
        var rows = await transaction.QueryAsync<Row>(
            """
            select event_id as EventId, content as Content, wanted as Wanted, overwrite as Overwrite, etag as ETag,
                   updated_there as UpdatedThere, sync_job is not null as IsBusy
            from calendar_events where event_id = any (@ids) and wanted and state <> 'failed' order by event_id for update
            """,
            new { ids = seen.Keys.ToArray() }, ct);

        foreach (var row in rows.Where(row => !row.IsBusy && !row.Knows(seen[row.EventId])))
            await WriteAsync(transaction, row.EventId, EventEnd.Seen(row.Draft, seen[row.EventId]), ct);

        // A job is about to write down how it left that event: what changed since is read once more.
        if (!rows.Any(row => row.IsBusy))
            await transaction.ExecuteAsync(
                """
                insert into calendar_cursors values (@CalendarId, @SyncToken, hotdash_now())
                on conflict (calendar_id) do update set sync_token = excluded.sync_token, compared_at = excluded.compared_at
                """,
                new { calendar.CalendarId, changes.SyncToken }, ct);
    }

    /// <summary>The etag stays that of what we wrote: by it we know our own hand.</summary>
    private static Task<int> WriteAsync(NpgsqlTransaction transaction, string eventId, EventEnd end, CancellationToken ct) => transaction.ExecuteAsync(
        """
        update calendar_events
        set state = @State, changed = @Changed, error = @Error, etag = case when @State = 'done' then @ETag else etag end,
            updated_there = coalesce(@UpdatedAt, updated_there), link = coalesce(@Link, link)
        where event_id = @eventId
        """,
        new
        {
            eventId,
            State = end.State.ToSnakeCase(),
            Changed = end.Changed?.ToArray() ?? [],
            Error = end.Failure is { } failure ? $"{failure.Message}." : null,
            end.There?.ETag,
            UpdatedAt = end.There?.UpdatedAt?.ToUniversalTime(),
            end.There?.Link,
        }, ct);

    private sealed class Row
    {
        public required string EventId { get; init; }

        public required string Content { get; init; }

        public required bool Wanted { get; init; }

        public required bool Overwrite { get; init; }

        public string? ETag { get; init; }

        public DateTime? UpdatedThere { get; init; }

        public bool IsBusy { get; init; }

        public EventDraft Draft => JsonSerializer.Deserialize<EventDraft>(Content, JsonSerializerOptions.Web)!;

        /// <summary>It is as we wrote it, or it was before we did.</summary>
        public bool Knows(CalendarEvent there) => there.ETag == ETag || there.UpdatedAt?.UtcDateTime < UpdatedThere;

        public MirroredEvent ToEvent() => new(EventId, Draft, Wanted, Overwrite, ETag);
    }
}
