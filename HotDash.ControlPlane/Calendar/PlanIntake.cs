using System.Text.Json;
using HotDash.ControlPlane.Audit;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Reads;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using HotDash.Integrations.GoogleCalendar;
using Npgsql;

namespace HotDash.ControlPlane.Calendar;

/// <summary>Accepts plans: each event that is to change and the job that changes it are stored in one transaction, or nothing is.</summary>
public sealed class PlanIntake(NpgsqlDataSource store, JobQueue queue, GoogleCalendarOptions calendar)
{
    /// <summary>Posting the same plan again changes nothing, but tries again what failed.</summary>
    /// <exception cref="IntegrationException">The integration is live but its credentials are missing.</exception>
    public Task SyncAsync(NewPlan plan, CancellationToken ct) => AcceptAsync(plan, mustExist: false, ct);

    /// <summary>Takes out of the calendar what HotDash has put there for the plan.</summary>
    /// <returns>False when no such plan was ever posted.</returns>
    /// <exception cref="IntegrationException">The integration is live but its credentials are missing.</exception>
    public Task<bool> UnsyncAsync(string planId, Guid keyId, string actor, CancellationToken ct) =>
        AcceptAsync(new(planId, keyId, [], Overwrite: false) { Actor = actor }, mustExist: true, ct);

    private async Task<bool> AcceptAsync(NewPlan plan, bool mustExist, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await transaction.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended('calendar:' || @PlanId, 0))", new { plan.PlanId }, ct);
        var state = await PlanSide.OfAsync(connection, transaction, calendar, plan.PlanId, ct);
        CredentialsMissing.Refuse(calendar, state);

        var query = Query(plan, isLive: state is IntegrationState.Live);
        if (mustExist && !await transaction.QueryFirstAsync<bool>("select exists (select from calendar_events where source = @Source and plan_id = @PlanId)", query, ct))
            return false;

        var works = await transaction.QueryAsync<Work>(WriteSql, query, ct);
        if (works.Count > 0 || state is not IntegrationState.Live)
            await transaction.AuditAsync(
                new(AuditKinds.Plan, plan.PlanId, mustExist ? "unsync" : "sync", plan.Actor, After: new { events = plan.Events.Count, changed = works.Count, plan.Overwrite }), ct);
        foreach (var work in works)
            await queue.EnqueueAsync(connection, transaction, CalendarJobs.SyncEvent, new SyncEventPayload(work.EventId),
                new EnqueueOptions { Id = work.SyncJob, MaxAttempts = CalendarJobs.NeverDead }, ct);

        await transaction.CommitAsync(CancellationToken.None); // a commit that is cancelled half-way leaves its outcome unknown
        queue.Wake();
        return true;
    }

    private object Query(NewPlan plan, bool isLive) => new
    {
        plan.PlanId,
        plan.KeyId,
        plan.Overwrite,
        Source = isLive ? calendar.Source : Sources.Mock,
        IsLive = isLive,
        State = isLive ? "waiting" : "done", // nothing waits for a mock write
        Ids = plan.Events.Select(item => (isLive ? "" : "mock-") + EventId.Of(plan.PlanId, item.ItemId)).ToArray(),
        Items = plan.Events.Select(item => item.ItemId).ToArray(),
        Contents = plan.Events.Select(item => JsonSerializer.Serialize(item.Draft, JsonSerializerOptions.Web)).ToArray(),
    };

    /// <summary>What is as it was asked for, or on its way there, is left alone. What we took out ourselves may come back over what is there.</summary>
    private const string WriteSql =
        """
        with retired as (
            update calendar_events
            set wanted = false, key_id = @KeyId, state = @State, error = null, changed = '{}', accepted_at = hotdash_now(),
                sync_job = case when @IsLive then gen_random_uuid() end
            where source = @Source and plan_id = @PlanId and item_id <> all (@Items) and (wanted or state = 'failed')
            returning event_id, sync_job),
        wanted as (
            insert into calendar_events as known (event_id, source, plan_id, item_id, key_id, content, state, sync_job)
            select id, @Source, @PlanId, item, @KeyId, content, @State, case when @IsLive then gen_random_uuid() end
            from unnest(@Ids, @Items, @Contents::jsonb[]) as entry (id, item, content)
            on conflict (event_id) do update
            set wanted = true, key_id = @KeyId, state = @State, error = null, changed = '{}', accepted_at = hotdash_now(),
                content = excluded.content, sync_job = excluded.sync_job, overwrite = @Overwrite or known.overwrite or not known.wanted
            where known.content <> excluded.content or not known.wanted or known.state = 'failed' or @Overwrite
            returning event_id, sync_job)
        select event_id as EventId, sync_job as SyncJob
        from (select * from retired union all select * from wanted) changed
        where sync_job is not null
        """;

    private sealed record Work(string EventId, Guid SyncJob);
}
