using HotDash.ControlPlane.Audit;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using Npgsql;

namespace HotDash.ControlPlane.DeadLetters;

/// <summary>The worker's side of a replay.</summary>
internal sealed class ReplayLedger(NpgsqlDataSource store, RequestVault vault)
{
    /// <returns>Null when there is nothing to do for this job: the replay has a newer one, or does not run.</returns>
    public Task<ActiveReplay?> FindAsync(Guid replayId, Guid jobId, CancellationToken ct) => store.QueryFirstAsync<ActiveReplay>(
        """
        select id as Id, state = 'preview' as IsPreview,
               (select count(*) from dead_letter_replay_items i join dead_letters l on l.id = i.letter_id
                where i.replay_id = r.id and i.result is null and l.state = 'replaying' and l.replay_id = r.id and l.subject is not null) as InFlight
        from dead_letter_replays r where id = @replayId and run_job = @jobId and state in ('preview', 'running')
        """,
        new { replayId, jobId }, ct);

    /// <summary>The next letter that is due; null when none is.</summary>
    public Task<ReplayItem?> NextAsync(Guid replayId, CancellationToken ct) =>
        ReadAsync("where i.replay_id = @replayId and i.result is null and i.due_at <= hotdash_now() order by i.due_at, i.letter_id limit 1", replayId, ct);

    /// <summary>The next letter that the preview has to look up.</summary>
    public Task<ReplayItem?> NextToLookAsync(Guid replayId, CancellationToken ct) =>
        ReadAsync("where i.replay_id = @replayId and i.look = 'due' order by i.letter_id limit 1", replayId, ct);

    /// <summary>How long until a letter is due; null when all have ended.</summary>
    public async Task<TimeSpan?> NextDueAsync(Guid replayId, CancellationToken ct) => await store.QueryFirstAsync<TimeSpan?>(
        "select min(due_at) - hotdash_now() from dead_letter_replay_items where replay_id = @replayId and result is null", new { replayId }, ct);

    /// <summary>Writes an attempt down before its call is made.</summary>
    /// <returns>False when the letter, or the replay, is not as it was.</returns>
    public static async Task<bool> BeginAsync(NpgsqlTransaction transaction, ReplayItem item, Guid jobId, Guid attemptId, CancellationToken ct) =>
        await transaction.ExecuteAsync(
            """
            with runs as (
                select id from dead_letter_replays where id = @ReplayId and state = 'running' and run_job = @jobId),
            begun as (
                update dead_letters set state = 'replaying', replay_id = @ReplayId, attempt_id = @attemptId, attempt_at = hotdash_now(), attempts = attempts + 1
                from runs where dead_letters.id = @LetterId and dead_letters.state in ('pending', 'unknown') and dead_letters.attempts = @Attempts
                returning dead_letters.id)
            update dead_letter_replay_items set sends = sends + 1 from begun where replay_id = @ReplayId and letter_id = @LetterId and result is null
            """,
            new { item.ReplayId, item.LetterId, item.Attempts, jobId, attemptId }, ct) == 1;

    /// <summary>The letter is not decided now; the replay comes back to it.</summary>
    public Task PostponeAsync(ReplayItem item, TimeSpan wait, CancellationToken ct) => store.ExecuteAsync(
        "update dead_letter_replay_items set due_at = hotdash_now() + @wait where replay_id = @ReplayId and letter_id = @LetterId and result is null",
        new { item.ReplayId, item.LetterId, wait }, ct);

    /// <summary>What the preview saw: <c>found</c>, <c>absent</c> or <c>unclear</c>.</summary>
    public Task LookedAsync(ReplayItem item, string look, CancellationToken ct) => store.ExecuteAsync(
        $"""
        with looked as (
            update dead_letter_replay_items set look = @look where replay_id = @ReplayId and letter_id = @LetterId and look = 'due' returning replay_id)
        update dead_letter_replays set look_{look} = look_{look} + 1 from looked where id = looked.replay_id
        """,
        new { item.ReplayId, item.LetterId, look }, ct);

    /// <summary>Why the replay waits at present; null: it does not.</summary>
    public Task SayAsync(Guid replayId, string? message, CancellationToken ct) => store.ExecuteAsync(
        "update dead_letter_replays set message = @message where id = @replayId and state = 'running' and message is distinct from @message",
        new { replayId, message }, ct);

    /// <summary>All letters have ended.</summary>
    public Task FinishAsync(Guid replayId, CancellationToken ct) => store.ExecuteAsync(
        "update dead_letter_replays set state = 'done', ended_at = hotdash_now(), message = null where id = @replayId and state = 'running'", new { replayId }, ct);

    /// <summary>It makes no sense to go on; a person may start it again.</summary>
    public Task StopAsync(Guid replayId, string message, CancellationToken ct) => store.ExecuteAuditedAsync(
        "update dead_letter_replays set state = 'stopped', ended_at = hotdash_now(), message = @message where id = @replayId and state = 'running'",
        new { replayId, message }, LetterEnds.Stop(replayId, message), ct);

    /// <summary>Ends a letter, if it is still as the worker knows it.</summary>
    public async Task EndAsync(Guid letterId, Guid? attemptId, LetterEnd end, CancellationToken ct) =>
        await InTransactionAsync(transaction => LetterEnds.WriteAsync(transaction, letterId, attemptId, end, ct), ct);

    /// <summary>It was looked up, and its effect is there.</summary>
    public Task FoundAsync(ReplayItem item, CancellationToken ct) => EndUnknownAsync(item, LetterEnd.Found, ct);

    /// <summary>It was looked up, has no effect, and is not sent once more by this replay.</summary>
    public Task AbsentAsync(ReplayItem item, CancellationToken ct) => EndUnknownAsync(item, LetterEnd.Absent, ct);

    /// <summary>Undoes what was done when it answers false, without giving up the transaction.</summary>
    public static async Task SavepointAsync(NpgsqlTransaction transaction, Func<Task<bool>> work, CancellationToken ct)
    {
        const string name = "reopening";
        await transaction.SaveAsync(name, ct);
        if (!await work())
            await transaction.RollbackAsync(name, ct);
    }

    public Task SkipAsync(ReplayItem item, string message, CancellationToken ct) =>
        InTransactionAsync(transaction => LetterEnds.SkipAsync(transaction, item.ReplayId, item.LetterId, message, ct), ct);

    /// <summary>The letter becomes this replay's, unless somebody else decided about it, or sent it, meanwhile.</summary>
    private Task EndUnknownAsync(ReplayItem item, LetterEnd end, CancellationToken ct) => InTransactionAsync(async transaction =>
    {
        if (await transaction.ExecuteAsync(
                "update dead_letters set replay_id = @ReplayId where id = @LetterId and state = 'unknown' and attempts = @Attempts",
                new { item.ReplayId, item.LetterId, item.Attempts }, ct) == 1)
            await LetterEnds.WriteAsync(transaction, item.LetterId, attemptId: null, end, ct);
    }, ct);

    private async Task InTransactionAsync(Func<NpgsqlTransaction, Task> work, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await work(transaction);
        await transaction.CommitAsync(CancellationToken.None); // a commit that is cancelled half-way leaves its outcome unknown
    }

    private async Task<ReplayItem?> ReadAsync(string which, Guid replayId, CancellationToken ct) => (await store.QueryFirstAsync<Row>(
        $"""
        select i.replay_id as ReplayId, l.id as LetterId, c.integration as Integration, c.operation as Operation, l.state as State, l.attempts as Attempts, i.sends as Sends,
               l.subject as Subject, l.replay_id as HeldBy, l.attempt_id as AttemptId, hotdash_now() - l.attempt_at as AttemptAge,
               hotdash_now() - l.unknown_at as UnknownAge, l.request as Request
        from dead_letter_replay_items i join dead_letters l on l.id = i.letter_id join dead_letter_causes c on c.id = l.cause_id
        {which}
        """,
        new { replayId }, ct))?.ToItem(vault);

    private sealed record Row(
        Guid ReplayId, Guid LetterId, string Integration, string Operation, string State, int Attempts, int Sends, string? Subject, Guid? HeldBy, Guid? AttemptId,
        TimeSpan? AttemptAge, TimeSpan? UnknownAge, byte[] Request)
    {
        public ReplayItem ToItem(RequestVault vault) => new()
        {
            ReplayId = ReplayId,
            LetterId = LetterId,
            Integration = Integration,
            Operation = Operation,
            State = SnakeCase.Parse<LetterState>(State),
            Attempts = Attempts,
            Sends = Sends,
            Subject = Subject,
            HeldBy = HeldBy,
            AttemptId = AttemptId,
            AttemptAge = AttemptAge ?? TimeSpan.Zero,
            UnknownAge = UnknownAge ?? TimeSpan.Zero,
            Request = vault.Open(LetterId, Request),
        };
    }
}
