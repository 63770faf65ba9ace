using HotDash.ControlPlane.Audit;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using Npgsql;

namespace HotDash.ControlPlane.DeadLetters;

/// <summary>
/// Writes down how a letter ended, and what that means for the replay that has it: its item, its counters, and whether it stops
/// itself. Rows are locked in one order everywhere: what the letter stands for, the letter, its item, the replay.
/// </summary>
internal static class LetterEnds
{
    /// <summary>A share of fewer letters than this says nothing.</summary>
    private const int LeastSample = 10;

    /// <param name="attemptId">The call that this is about: an answer that comes after others took over changes nothing. Null: whatever goes on.</param>
    /// <returns>Whether it was written.</returns>
    public static async Task<bool> WriteAsync(NpgsqlTransaction transaction, Guid letterId, Guid? attemptId, LetterEnd end, CancellationToken ct)
    {
        if (await FindAsync(transaction, letterId, attemptId, ct) is not { } letter)
            return false;

        await WriteLetterAsync(transaction, letterId, letter, end, ct);
        if (letter.ReplayId is { } replayId)
            await WriteItemAsync(transaction, replayId, letterId, end, ct);

        return true;
    }

    /// <summary>Ends an item without touching its letter.</summary>
    public static Task SkipAsync(NpgsqlTransaction transaction, Guid replayId, Guid letterId, string message, CancellationToken ct) =>
        WriteItemAsync(transaction, replayId, letterId, "skipped", message, ct);

    private static Task<Letter?> FindAsync(NpgsqlTransaction transaction, Guid letterId, Guid? attemptId, CancellationToken ct) =>
        transaction.QueryFirstAsync<Letter>(
            """
            select l.replay_id as ReplayId, c.integration as Integration, c.operation as Operation
            from dead_letters l join dead_letter_causes c on c.id = l.cause_id
            where l.id = @letterId and (@attemptId::uuid is null or (l.state = 'replaying' and l.attempt_id = @attemptId))
            for no key update of l
            """,
            new { letterId, attemptId }, ct);

    private static async Task WriteLetterAsync(NpgsqlTransaction transaction, Guid letterId, Letter letter, LetterEnd end, CancellationToken ct)
    {
        var cause = end.Failure is { } failure
            ? await DeadLetterStore.CauseAsync(transaction, letter.Integration, letter.Operation, failure, ct)
            : (int?)null;

        await transaction.ExecuteAsync(
            """
            update dead_letters l set
                state = @State, cause_id = coalesce(@cause, cause_id), attempt_id = null, attempt_at = null,
                attempts = attempts - case when attempt_id is null or @Sent then 0 else 1 end,
                last_at = case when @Sent then coalesce(attempt_at, hotdash_now()) else last_at end,
                unknown_at = case when @State = 'unknown' then hotdash_now() end,
                settled_at = case when @State = 'replayed' then hotdash_now() end,
                settled_by = case when @State = 'replayed' then (select asked_by from dead_letter_replays r where r.id = l.replay_id) end,
                settled_why = case when @State = 'replayed' then (select why from dead_letter_replays r where r.id = l.replay_id) end
            where id = @letterId
            """,
            new { letterId, State = end.State.ToSnakeCase(), cause, end.Sent }, ct);
    }

    private static Task WriteItemAsync(NpgsqlTransaction transaction, Guid replayId, Guid letterId, LetterEnd end, CancellationToken ct) =>
        end.Result is { } result
            ? WriteItemAsync(transaction, replayId, letterId, result, end.Failure?.Summary, ct)
            : transaction.ExecuteAsync(
                """
                update dead_letter_replay_items set due_at = hotdash_now() + @Again, sends = sends - @unsent
                where replay_id = @replayId and letter_id = @letterId and result is null
                """,
                new { replayId, letterId, end.Again, unsent = end.Sent ? 0 : 1 }, ct);

    private static async Task WriteItemAsync(
        NpgsqlTransaction transaction, Guid replayId, Guid letterId, string result, string? message, CancellationToken ct)
    {
        var item = new { replayId, letterId, result, message, LeastSample };
        var ended = await transaction.ExecuteAsync(
            "update dead_letter_replay_items set result = @result, message = @message where replay_id = @replayId and letter_id = @letterId and result is null",
            item, ct);
        if (ended == 0)
            return;

        await transaction.ExecuteAsync($"update dead_letter_replays set {result} = {result} + 1 where id = @replayId", item, ct);
        if (await transaction.ExecuteAsync(
            """
            update dead_letter_replays set state = 'stopped', ended_at = hotdash_now(), message = format('%s of %s failed again.', failed, replayed + failed)
            where id = @replayId and state = 'running' and @result = 'failed'
              and failed > stop_share * (replayed + failed) and replayed + failed >= least(@LeastSample, total)
            """,
            item, ct) > 0)
            await transaction.AuditAsync(Stop(replayId, "too many failed again"), ct);
    }

    /// <summary>HotDash stops a replay.</summary>
    public static AuditChange Stop(Guid replayId, string reason) => new(
        AuditKinds.Replay, replayId.ToString(), "stop", AuditChange.HotDash, new { state = ReplayState.Running }, new { state = ReplayState.Stopped }, reason);

    private sealed record Letter(Guid? ReplayId, string Integration, string Operation);
}
