using HotDash.ControlPlane.Audit;
using HotDash.ControlPlane.Flags;
using HotDash.ControlPlane.Rollouts.Judging;
using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.Rollouts;

/// <summary>
/// Changes rollouts. Each change is one transaction: the rollout, the flag, the integrations that are connected or not, and the audit. Whoever
/// dies leaves either all of it or nothing.
/// </summary>
public sealed class RolloutStore
{
    private readonly NpgsqlDataSource _store;
    private readonly FlagWatch _watch;
    private readonly FlagVariables _variables;
    private readonly RolloutIntegrations _integrations;

    internal RolloutStore(NpgsqlDataSource store, FlagWatch watch, FlagVariables variables, RolloutIntegrations integrations) =>
        (_store, _watch, _variables, _integrations) = (store, watch, variables, integrations);

    /// <summary>Begins at the stage at which the flag is, at <see cref="RolloutStage.Internal"/> at least.</summary>
    /// <returns>Null when there is no such flag; so do the others.</returns>
    /// <exception cref="IllegalMoveException">It cannot be done now; the others throw it, too.</exception>
    public Task<Rollout?> StartAsync(string flag, RolloutStage target, RolloutOptions options, FlagChange change, CancellationToken ct) =>
        MoveAsync(flag, RolloutMoves.Start, change, locked =>
            Transition.Start(locked.Flag, target, options, Guid.CreateVersion7(), change.Actor, _variables.Otherwise(flag)), ct);

    /// <param name="force">Also when the stage is not known to be healthy.</param>
    public Task<Rollout?> AdvanceAsync(string flag, bool force, FlagChange change, CancellationToken ct) =>
        MoveAsync(flag, RolloutMoves.Advance, change, locked =>
        {
            RequireHealth(locked.Rollout!, locked.Now, force);
            return Transition.Advance(locked.Rollout!);
        }, ct);

    public Task<Rollout?> PauseAsync(string flag, FlagChange change, CancellationToken ct) =>
        MoveAsync(flag, RolloutMoves.Pause, change, locked => Transition.Pause(locked.Rollout!), ct);

    public Task<Rollout?> ResumeAsync(string flag, FlagChange change, CancellationToken ct) =>
        MoveAsync(flag, RolloutMoves.Resume, change, locked => Transition.Resume(locked.Rollout!), ct);

    public Task<Rollout?> RollbackAsync(string flag, FlagChange change, CancellationToken ct) =>
        MoveAsync(flag, RolloutMoves.Rollback, change, locked => Transition.Rollback(locked.Rollout!, locked.Flag, Switches(flag)), ct);

    /// <summary>
    /// Writes down what a check has found, and what follows from it. A check of a rollout that has changed since it was read counts for nothing:
    /// so each call is counted once and each step is made once, also when two look at the same time.
    /// </summary>
    /// <returns>Whether the flag was changed: <see cref="TellAsync"/> then, after the commit.</returns>
    internal async Task<bool> SaveAsync(NpgsqlTransaction transaction, RolloutCheck check, CancellationToken ct)
    {
        if (await LockedRollout.TakeAsync(transaction, check.Rollout.Flag, ct) is not { Rollout: { } rollout } locked || rollout.Version != check.Rollout.Version)
            return false;

        var judged = rollout with { CheckedAt = locked.Now, Verdict = check.Judgement.Verdict, VerdictReason = check.Judgement.Reason };
        locked = locked with { Rollout = judged, Evidence = check.Evidence, NextCheck = locked.Now + rollout.Options.HealthCheckInterval };
        await RolloutSql.WriteAsync(transaction, locked, judged, ct);
        await RolloutHistory.AddAsync(transaction, judged, check, ct);
        if (NextStep.Of(judged, locked.Flag, check.Health, locked.Now - rollout.StageSince, Switches(rollout.Flag)) is not { } next)
            return false;

        await ApplyAsync(transaction, locked, next.Step, new(AuditChange.HotDash, next.Reason), ct);
        return next.Step.Flag is not null;
    }

    internal Task TellAsync() => _watch.TellAsync();

    private async Task<Rollout?> MoveAsync(string flag, string move, FlagChange change, Func<LockedRollout, Transition> step, CancellationToken ct)
    {
        await using (var connection = await _store.OpenConnectionAsync(ct))
        {
            await using var transaction = await connection.BeginTransactionAsync(ct);
            if (await LockedRollout.TakeAsync(transaction, flag, ct) is not { } locked)
                return null;

            RolloutMoves.Require(locked.Rollout?.State, move);
            await ApplyAsync(transaction, locked, step(locked), change, ct);
            await transaction.CommitAsync(CancellationToken.None); // a commit that is cancelled half-way leaves its outcome unknown
        }

        await TellAsync();
        return (await _store.QueryFirstAsync<RolloutRow>($"{RolloutRow.Select} where name = @flag", new { flag }, ct))?.ToRollout();
    }

    /// <summary>The one place where a rollout changes.</summary>
    private async Task ApplyAsync(NpgsqlTransaction transaction, LockedRollout locked, Transition step, FlagChange change, CancellationToken ct)
    {
        if (step.Flag is { } stage)
            await BringAsync(transaction, locked.Flag, step, stage, change, ct);
        if (step.Connects is true)
            await _integrations.ConnectAsync(transaction, locked.Flag.Name, change.Actor, ct);
        if (step.Connects is false)
            await _integrations.DisconnectAsync(transaction, locked.Flag.Name, change.Actor, change.Reason, ct);

        var after = step.After with { Reason = change.Reason, StartedAt = step.Action is RolloutMoves.Start ? locked.Now : step.After.StartedAt };
        var written = locked;
        if (step.Afresh)
        {
            after = after with { StageSince = locked.Now, CheckedAt = null, Verdict = null, VerdictReason = null };
            written = locked with { Evidence = Evidence.Begin(locked.Now), NextCheck = locked.Now + after.Options.HealthCheckInterval };
        }

        await RolloutSql.WriteAsync(transaction, written, after, ct);
        await transaction.AuditAsync(new(AuditKinds.Rollout, after.Flag, step.Action, change.Actor, locked.Rollout, after, change.Reason), ct);
    }

    private static async Task BringAsync(NpgsqlTransaction transaction, Flag flag, Transition step, RolloutStage stage, FlagChange change, CancellationToken ct)
    {
        if (flag.Killed && stage is not RolloutStage.Disabled)
            throw new IllegalMoveException($"{flag.Name} is killed: unkill it first, or roll it back.");

        await FlagStore.ChangeAsync(transaction, flag.Name, $"rollout-{step.Action}", change with { Version = null }, now => now.At(stage, step.After.Cohorts), ct);
    }

    private bool Switches(string flag) => _integrations.Of(flag) is not [];

    /// <summary>Missing data advance nothing: a person who knows better says so. A stage that does harm is paused, and cannot be advanced anyway.</summary>
    private static void RequireHealth(Rollout rollout, DateTimeOffset now, bool force)
    {
        if (force || (rollout.Verdict is Verdict.Healthy && now - rollout.CheckedAt <= 3 * rollout.Options.HealthCheckInterval))
            return;

        var found = rollout.Verdict switch
        {
            null => "it has not been judged yet",
            Verdict.Healthy => "its last check is too long ago",
            var verdict => $"it is {RolloutRow.Text(verdict.Value)}: {rollout.VerdictReason?.TrimEnd('.')}",
        };
        throw new IllegalMoveException($"The stage is not known to be healthy; {found}. Possible now: check, pause, rollback, or advance with force.");
    }
}
