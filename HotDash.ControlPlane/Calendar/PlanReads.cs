using System.Text.Json;
using Dapper;
using HotDash.ControlPlane.Reads;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using HotDash.Integrations.GoogleCalendar;
using Npgsql;

namespace HotDash.ControlPlane.Calendar;

/// <summary>Shows how plans stand in the calendar, as far as the jobs have seen.</summary>
public sealed class PlanReads(NpgsqlDataSource store, GoogleCalendarOptions calendar)
{
    /// <returns>Null when no such plan was ever posted.</returns>
    public async Task<PlanView?> FindAsync(string planId, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        var state = await PlanSide.OfAsync(connection, null, calendar, planId, ct);
        var source = state is IntegrationState.Mock ? Sources.Mock : calendar.Source;

        var rows = (await connection.QueryAsync<Row>(new CommandDefinition(
            $"""
            select e.item_id as ItemId, e.event_id as EventId, e.content as Content, e.wanted as Wanted, e.state as State, e.changed as Changed,
                   e.updated_there as UpdatedThere, e.link as Link, e.error as Error, l.id as DeadLetterId,
                   (select compared_at from calendar_cursors where calendar_id = @CalendarId and @source <> 'mock') as ComparedAt
            from calendar_events e
            left join dead_letters l on e.state = 'failed' and l.subject = {CalendarLetters.SubjectSql}
            where e.source = @source and e.plan_id = @planId
            order by e.content #>> array['fields', 'start'], e.item_id
            """,
            new { planId, source, calendar.CalendarId }, cancellationToken: ct))).AsList();

        return rows is [] ? null : new(planId, source, rows[0].ComparedAt.ToOffset(), [.. rows.Select(row => row.ToView())]);
    }

    private sealed class Row
    {
        public required string ItemId { get; init; }

        public required string EventId { get; init; }

        public required string Content { get; init; }

        public required bool Wanted { get; init; }

        public required string State { get; init; }

        public required string[] Changed { get; init; }

        public DateTime? UpdatedThere { get; init; }

        public string? Link { get; init; }

        public string? Error { get; init; }

        public Guid? DeadLetterId { get; init; }

        public DateTime? ComparedAt { get; init; }

        public PlanEntryView ToView() => new(
            ItemId, EventId, JsonSerializer.Deserialize<EventDraft>(Content, JsonSerializerOptions.Web)!.Fields.Title, Status, Changed, UpdatedThere.ToOffset(), Link, Error, DeadLetterId);

        private PlanEntryStatus Status => (State, Wanted) switch
        {
            ("waiting", true) => PlanEntryStatus.Waiting,
            ("waiting", false) => PlanEntryStatus.Removing,
            ("done", true) => PlanEntryStatus.Synced,
            ("done", false) => PlanEntryStatus.Removed,
            ("changed_there", _) => PlanEntryStatus.ChangedThere,
            ("deleted_there", _) => PlanEntryStatus.DeletedThere,
            _ => PlanEntryStatus.Failed,
        };
    }
}
