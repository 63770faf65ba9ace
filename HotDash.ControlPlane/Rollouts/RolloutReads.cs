using HotDash.ControlPlane.Flags;
using HotDash.ControlPlane.Reads;
using HotDash.ControlPlane.Rollouts.Judging;
using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.Rollouts;

/// <summary>What checks in a row have found.</summary>
/// <param name="At">The first of them.</param>
/// <param name="Reason">Of the last of them, and so are the counts, which go back to the stage's beginning.</param>
public sealed record RolloutFinding(
    long Id, Guid Run, DateTimeOffset At, DateTimeOffset LastAt, long Checks, RolloutStage Stage, RolloutState State, Verdict Verdict, string Reason, bool Healthy,
    string Health, long Calls, long Errors, long OtherCalls, long OtherErrors);

/// <summary>What the present stage has shown so far.</summary>
/// <param name="ExpectedErrors">As many as the treated calls would have had, had they failed as the others did at the same times.</param>
/// <param name="MoreErrors">Evidence that the treated calls fail more often than the others: 100 is an alarm. The next two likewise.</param>
/// <param name="OverThreshold">That they fail more often than allowed, at times when the others make no live calls.</param>
/// <param name="Slower">That they are slow more often.</param>
public sealed record RolloutEvidence(
    DateTimeOffset Through, long Calls, long Errors, long OtherCalls, long OtherErrors, double ExpectedErrors, double MoreErrors, double OverThreshold, double Slower);

/// <summary>Where a page of findings ended.</summary>
public sealed record FindingPosition(long Id) : Cursor;

/// <summary>How rollouts stand.</summary>
public sealed class RolloutReads(NpgsqlDataSource store)
{
    /// <summary>The job that judges comes every ten seconds: what is due soon after would else wait for its next time, and be late.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(5);

    /// <returns>In the order of the flags' names.</returns>
    public async Task<Page<Rollout>> ListAsync(FlagPosition? after, int limit, CancellationToken ct)
    {
        var rows = await store.QueryAsync<RolloutRow>(
            $"{RolloutRow.Select} where name > @after order by name limit @take", new { after = after?.Name ?? "", take = limit + 1 }, ct);

        return Page.Of(rows.Select(row => row.ToRollout()), limit, rollout => new FlagPosition(rollout.Flag));
    }

    /// <returns>Null when the flag was never rolled out.</returns>
    public async Task<Rollout?> FindAsync(string flag, CancellationToken ct) => (await LoadAsync(flag, ct))?.ToRollout();

    public async Task<RolloutEvidence?> EvidenceAsync(string flag, CancellationToken ct) => (await LoadAsync(flag, ct))?.ToEvidence() is { } evidence
        ? new(evidence.Through, evidence.Treated.Calls, evidence.Treated.Errors, evidence.Untreated.Calls, evidence.Untreated.Errors, evidence.ExpectedErrors,
            Wealth(evidence.Comparison), Wealth(evidence.Threshold), Wealth(evidence.Slowness))
        : null;

    /// <returns>The newest first, of all runs.</returns>
    public async Task<Page<RolloutFinding>> HistoryAsync(string flag, FindingPosition? before, int limit, CancellationToken ct)
    {
        var rows = await store.QueryAsync<FindingRow>(
            """
            select id as Id, run as Run, at as At, last_at as LastAt, checks as Checks, stage as Stage, state as State, verdict as Verdict, why as Reason,
                   healthy as Healthy, health as Health, calls as Calls, errors as Errors, other_calls as OtherCalls, other_errors as OtherErrors
            from rollout_checks where flag = @flag and (@before::bigint is null or id < @before) order by id desc limit @take
            """,
            new { flag, before = before?.Id, take = limit + 1 }, ct);

        return Page.Of(rows.Select(row => row.ToFinding()), limit, finding => new FindingPosition(finding.Id));
    }

    internal Task<IReadOnlyList<string>> DueAsync(CancellationToken ct) => store.QueryAsync<string>(
        """
        select name from rollouts r join flags on flags.id = r.flag
        where state in ('RUNNING', 'AWAITING_APPROVAL', 'PAUSED') and next_check_at <= hotdash_now() + @Early order by next_check_at
        """,
        new { Early }, ct);

    internal Task<RolloutRow?> LoadAsync(string flag, CancellationToken ct) =>
        store.QueryFirstAsync<RolloutRow>($"{RolloutRow.Select} where name = @flag", new { flag }, ct);

    /// <summary>What JSON can carry.</summary>
    private static double Wealth(EProcess process) => Math.Round(Math.Exp(Math.Min(process.LogWealth, 20)), 3);

    private sealed record FindingRow(
        long Id, Guid Run, DateTime At, DateTime LastAt, long Checks, int Stage, string State, string Verdict, string Reason, bool Healthy, string Health,
        long Calls, long Errors, long OtherCalls, long OtherErrors)
    {
        public RolloutFinding ToFinding() => new(
            Id, Run, new(At), new(LastAt), Checks, (RolloutStage)Stage, RolloutRow.Parse<RolloutState>(State), RolloutRow.Parse<Verdict>(Verdict), Reason, Healthy,
            Health, Calls, Errors, OtherCalls, OtherErrors);
    }
}
