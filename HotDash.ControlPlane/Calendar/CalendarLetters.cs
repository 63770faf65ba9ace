using System.Diagnostics;
using System.Text;
using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using Npgsql;

namespace HotDash.ControlPlane.Calendar;

/// <summary>
/// Events that could not be brought about are dead letters. Replaying one queues the event's job again, which meets whatever an earlier
/// call did: the event's id is ours.
/// </summary>
public sealed class CalendarLetters(DeadLetterStore letters, JobQueue queue) : IReplayPath
{
    /// <summary>The SQL for the subject of an event <c>e</c>.</summary>
    internal const string SubjectSql = "'calendar:' || e.event_id";

    private const string Prefix = "calendar:";

    public bool Takes(string subject) => subject.StartsWith(Prefix, StringComparison.Ordinal);

    public async Task<Reopening> ReopenAsync(NpgsqlTransaction transaction, string subject, bool outcomeUnknown, CancellationToken ct)
    {
        var (eventId, job) = (subject[Prefix.Length..], Guid.CreateVersion7());
        if (await transaction.ExecuteAsync(
            "update calendar_events set state = 'waiting', error = null, sync_job = @job where event_id = @eventId and state = 'failed'", new { eventId, job }, ct) == 0)
            return new(Refusal: "The event is on its way, or is there by now.");

        await queue.EnqueueAsync(transaction.Connection!, transaction, CalendarJobs.SyncEvent, new SyncEventPayload(eventId),
            new EnqueueOptions { Id = job, MaxAttempts = CalendarJobs.NeverDead }, ct);
        return Reopening.Done;
    }

    internal async Task KeepAsync(NpgsqlTransaction transaction, string eventId, int tries, IntegrationException failure, CancellationToken ct)
    {
        var row = (await transaction.QueryFirstAsync<Row>(
            """
            select e.content as Content, e.wanted as Wanted, e.plan_id as PlanId, e.accepted_at as AcceptedAt, coalesce(k.name || ' ', '') || e.key_id as Origin
            from calendar_events e left join api_keys k on k.id = e.key_id where event_id = @eventId
            """,
            new { eventId }, ct))!;

        await letters.KeepAsync(transaction, new()
        {
            Integration = failure.Integration,
            Operation = row.Wanted ? "put-event" : "remove-event",
            Request = new()
            {
                Method = row.Wanted ? "POST" : "DELETE",
                Path = row.Wanted ? "api/calendar/sync" : $"api/calendar/sync/{row.PlanId}",
                Body = row.Wanted ? Encoding.UTF8.GetBytes(row.Content) : default,
            },
            Failure = LetterFailure.Of(failure),
            Attempts = tries,
            FirstAt = new DateTimeOffset(row.AcceptedAt),
            TraceId = Activity.Current?.TraceId.ToString(),
            IdempotencyKey = eventId,
            Origin = row.Origin,
            Subject = Prefix + eventId,
        }, ct);
    }

    /// <summary>Settles the letter of an earlier failure, if there is one.</summary>
    internal static async Task SettleAsync(NpgsqlTransaction transaction, string eventId, CancellationToken ct)
    {
        if (await transaction.QueryFirstAsync<Guid?>("select id from dead_letters where subject = @subject", new { subject = Prefix + eventId }, ct) is { } letter)
            await LetterEnds.WriteAsync(transaction, letter, attemptId: null, LetterEnd.Replayed, ct);
    }

    private sealed record Row(string Content, bool Wanted, string PlanId, DateTime AcceptedAt, string Origin);
}
