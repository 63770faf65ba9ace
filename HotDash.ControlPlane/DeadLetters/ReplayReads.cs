using Dapper;
using HotDash.ControlPlane.Reads;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using Npgsql;

namespace HotDash.ControlPlane.DeadLetters;

/// <summary>Shows replays.</summary>
public sealed class ReplayReads(NpgsqlDataSource store)
{
    /// <returns>Null when there is no such replay.</returns>
    public async Task<Replay?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var connection = await store.OpenConnectionAsync(ct);
        if (await connection.QueryFirstOrDefaultAsync<Row>(new CommandDefinition($"{Select} where id = @id", new { id }, cancellationToken: ct)) is not { } row)
            return null;

        var groups = await connection.QueryAsync<GroupRow>(new CommandDefinition(
            """
            select integration as Integration, operation as Operation, failure as Failure, summary as Summary, state as State, letters as Letters
            from dead_letter_replay_groups join dead_letter_causes on id = cause_id
            where replay_id = @id order by letters desc, cause_id, state
            """,
            new { id }, cancellationToken: ct));
        return row.ToReplay([.. groups.Select(group => group.ToGroup())]);
    }

    /// <summary>Newest first.</summary>
    public async Task<Page<Replay>> ListAsync(ReplayPosition? after, int limit, CancellationToken ct)
    {
        var rows = await store.QueryAsync<Row>(
            $"{Select} {(after is null ? "" : "where (created_at, id) < (@CreatedAt, @Id)")} order by created_at desc, id desc limit @take",
            new { CreatedAt = after?.CreatedAt.UtcDateTime, after?.Id, take = limit + 1 }, ct);

        return Page.Of(rows.Select(row => row.ToReplay(null)), limit, replay => new ReplayPosition(replay.CreatedAt, replay.Id));
    }

    private const string Select =
        """
        select id as Id, state as State, asked_by as AskedBy, why as Reason, stop_share as StopShare, total as Total, replayed as Replayed, found as Found,
               failed as Failed, skipped as Skipped, to_look as ToLook, look_found as LookFound, look_absent as LookAbsent, look_unclear as LookUnclear,
               message as Message, created_at as CreatedAt, started_at as StartedAt, ended_at as EndedAt
        from dead_letter_replays
        """;

    private sealed record Row(
        Guid Id, string State, string AskedBy, string? Reason, double StopShare, int Total, int Replayed, int Found, int Failed, int Skipped, int ToLook,
        int LookFound, int LookAbsent, int LookUnclear, string? Message, DateTime CreatedAt, DateTime? StartedAt, DateTime? EndedAt)
    {
        public Replay ToReplay(IReadOnlyList<ReplayGroup>? groups) => new(
            Id, SnakeCase.Parse<ReplayState>(State), AskedBy, Reason, StopShare, new(Total, Replayed, Found, Failed, Skipped),
            new(ToLook - LookFound - LookAbsent - LookUnclear, LookFound, LookAbsent, LookUnclear), Message, new(CreatedAt), StartedAt.ToOffset(), EndedAt.ToOffset(), groups);
    }

    private sealed record GroupRow(string Integration, string Operation, string Failure, string Summary, string State, int Letters)
    {
        public ReplayGroup ToGroup() => new(Integration, Operation, Failure, Summary, SnakeCase.Parse<LetterState>(State), Letters);
    }
}
