using Dapper;
using HotDash.ControlPlane.Audit;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using Npgsql;

namespace HotDash.ControlPlane.DeadLetters;

/// <summary>Sends letters again: makes a preview, then starts, pauses and cancels it. The work is a job's.</summary>
public sealed class Replays(NpgsqlDataSource store, JobQueue queue)
{
    /// <summary>Letters that one replay takes.</summary>
    public const int MaxLetters = 100_000;

    /// <summary>Freezes which letters it is about, counts them by cause, and has a job look up those whose outcome is unknown.</summary>
    /// <returns>The new replay's id; null when the selection has more than <see cref="MaxLetters"/>.</returns>
    public async Task<Guid?> PreviewAsync(DeadLetterSelection selection, string askedBy, string? reason, double stopShare, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var (id, job) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        await transaction.ExecuteAsync(
            "insert into dead_letter_replays (id, state, asked_by, why, stop_share, run_job, total) values (@id, 'preview', @askedBy, @reason, @stopShare, @job, 0)",
            new { id, askedBy, reason, stopShare, job }, ct);
        if (await FreezeAsync(transaction, id, selection, ct) is var letters && letters > MaxLetters)
            return null;

        await transaction.AuditAsync(new(AuditKinds.Replay, id.ToString(), "preview", askedBy, After: new { state = ReplayState.Preview, letters, stopShare }, Reason: reason), ct);

        await queue.EnqueueAsync(connection, transaction, ReplayJobs.Replay, new ReplayPayload(id),
            new EnqueueOptions { Id = job, MaxAttempts = ReplayJobs.NeverDead }, ct);
        await transaction.CommitAsync(CancellationToken.None);
        queue.Wake();

        return id;
    }

    /// <summary>Starts a preview, or goes on after a pause or a stop.</summary>
    public async Task<ReplayChange> StartAsync(Guid id, string by, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var job = Guid.CreateVersion7();

        var changed = await transaction.ExecuteAsync(
            """
            update dead_letter_replays set state = 'running', run_job = @job, message = null, ended_at = null, started_at = coalesce(started_at, hotdash_now())
            where id = @id and state in ('preview', 'paused', 'stopped')
            """,
            new { id, job }, ct);
        if (changed == 1)
        {
            await transaction.ExecuteAsync(
                "update dead_letter_replay_items set due_at = hotdash_now() where replay_id = @id and result is null and due_at > hotdash_now()", new { id }, ct);
            await queue.EnqueueAsync(connection, transaction, ReplayJobs.Replay, new ReplayPayload(id),
                new EnqueueOptions { Id = job, MaxAttempts = ReplayJobs.NeverDead }, ct);
            await transaction.AuditAsync(Change(id, "start", by, ReplayState.Running), ct);
        }

        await transaction.CommitAsync(CancellationToken.None);
        queue.Wake();
        return await AnswerAsync(connection, id, changed, ReplayState.Running, ct);
    }

    /// <summary>Nothing new is sent; what is on the wire ends.</summary>
    public Task<ReplayChange> PauseAsync(Guid id, string by, CancellationToken ct) => ChangeAsync(
        id, "pause", by, "state = 'paused', message = null where id = @id and state = 'running'", ReplayState.Paused, ct);

    /// <summary>For good. Letters that were not sent stay in the queue.</summary>
    public Task<ReplayChange> CancelAsync(Guid id, string by, CancellationToken ct) => ChangeAsync(
        id, "cancel", by, "state = 'cancelled', ended_at = hotdash_now(), message = null where id = @id and state in ('preview', 'running', 'paused', 'stopped')",
        ReplayState.Cancelled, ct);

    private static async Task<int> FreezeAsync(NpgsqlTransaction transaction, Guid id, DeadLetterSelection selection, CancellationToken ct)
    {
        var (where, parameters) = SelectionSql.Of(selection);
        parameters.Add("Replay", id);
        parameters.Add("Limit", MaxLetters + 1);

        return (await transaction.QueryAsync<int>(
            $"""
            with chosen as materialized (
                select id, cause_id, state from dead_letters where {where} limit @Limit),
            items as (
                insert into dead_letter_replay_items (replay_id, letter_id, look)
                select @Replay, id, case when state = 'unknown' then 'due' end from chosen),
            groups as (
                insert into dead_letter_replay_groups (replay_id, cause_id, state, letters)
                select @Replay, cause_id, state, count(*) from chosen group by cause_id, state)
            update dead_letter_replays set total = counted.letters, to_look = counted.unknown
            from (select count(*) as letters, count(*) filter (where state = 'unknown') as unknown from chosen) counted
            where id = @Replay
            returning total
            """,
            parameters, ct))[0];
    }

    private async Task<ReplayChange> ChangeAsync(Guid id, string action, string by, string change, ReplayState wanted, CancellationToken ct)
    {
        var changed = await store.ExecuteAuditedAsync($"update dead_letter_replays set {change}", new { id }, Change(id, action, by, wanted), ct);

        await using var connection = await store.OpenConnectionAsync(ct);
        return await AnswerAsync(connection, id, changed ? 1 : 0, wanted, ct);
    }

    private static AuditChange Change(Guid id, string action, string by, ReplayState state) => new(AuditKinds.Replay, id.ToString(), action, by, After: new { state });

    /// <summary>Asking again for what is already so is no mistake.</summary>
    private static async Task<ReplayChange> AnswerAsync(NpgsqlConnection connection, Guid id, int changed, ReplayState wanted, CancellationToken ct)
    {
        if (changed == 1)
            return ReplayChange.Made;

        var state = await connection.ExecuteScalarAsync<string?>(new CommandDefinition(
            "select state from dead_letter_replays where id = @id", new { id }, cancellationToken: ct));
        return state is null ? ReplayChange.Missing
            : SnakeCase.Parse<ReplayState>(state) == wanted ? ReplayChange.Made
            : ReplayChange.Refused;
    }
}

/// <summary>Whether a replay is now as somebody asked for; refused when it has ended, or is in no state for it.</summary>
public enum ReplayChange { Made, Refused, Missing }
