using System.Runtime.ExceptionServices;
using HotDash.ControlPlane.Jobs;
using HotDash.ControlPlane.Registry;
using HotDash.ControlPlane.Rollouts.Judging;
using Npgsql;

namespace HotDash.ControlPlane.Rollouts;

/// <summary>What a look at a rollout found.</summary>
/// <param name="Rollout">As it was when it was looked at.</param>
internal sealed record RolloutCheck(Rollout Rollout, Evidence Evidence, Judgement Judgement, RolloutHealth Health);

/// <summary>Judges rollouts.</summary>
public sealed class RolloutChecks
{
    private readonly NpgsqlDataSource _store;
    private readonly RolloutReads _reads;
    private readonly RolloutCalls _calls;
    private readonly RolloutStore _rollouts;
    private readonly IntegrationRegistry _registry;

    internal RolloutChecks(NpgsqlDataSource store, RolloutReads reads, RolloutCalls calls, RolloutStore rollouts, IntegrationRegistry registry) =>
        (_store, _reads, _calls, _rollouts, _registry) = (store, reads, calls, rollouts, registry);

    /// <summary>Looks now, and asks the providers how they are.</summary>
    /// <returns>The rollout after it; null when there is none.</returns>
    /// <exception cref="IllegalMoveException">It is over.</exception>
    public async Task<Rollout?> RunAsync(string flag, CancellationToken ct)
    {
        if (await _reads.FindAsync(flag, ct) is not { } rollout)
            return null;

        RolloutMoves.Require(rollout.State, RolloutMoves.Check);
        foreach (var integration in await SwitchedAsync(flag, ct))
            await _registry.CheckAsync(integration.Key, ct);

        await RunAsync(flag, InTransactionAsync, ct);
        return await _reads.FindAsync(flag, ct);
    }

    /// <summary>For a job: judges those whose time has come. How the providers are was looked at by another job.</summary>
    /// <param name="inTransaction">Runs work in a transaction that commits only if the job is still the caller's.</param>
    internal async Task RunDueAsync(Func<Func<NpgsqlTransaction, Task>, CancellationToken, Task> inTransaction, CancellationToken ct)
    {
        ExceptionDispatchInfo? failure = null;
        foreach (var flag in await _reads.DueAsync(ct))
        {
            try
            {
                await RunAsync(flag, inTransaction, ct);
            }
            catch (Exception e) when (e is not (OperationCanceledException or LeaseLostException))
            {
                failure ??= ExceptionDispatchInfo.Capture(e); // the others are judged all the same
            }
        }

        failure?.Throw();
    }

    private async Task RunAsync(string flag, Func<Func<NpgsqlTransaction, Task>, CancellationToken, Task> inTransaction, CancellationToken ct)
    {
        if (await LookAsync(flag, ct) is not { } check)
            return;

        var changed = false;
        await inTransaction(async transaction => changed = await _rollouts.SaveAsync(transaction, check, ct), ct);
        if (changed)
            await _rollouts.TellAsync();
    }

    private async Task<RolloutCheck?> LookAsync(string flag, CancellationToken ct)
    {
        if (await _reads.LoadAsync(flag, ct) is not { } row || row.ToRollout() is not { IsActive: true } rollout)
            return null;

        var (evidence, through) = (row.ToEvidence(), new DateTimeOffset(row.Now) - RolloutOptions.Settling);
        var health = RolloutHealth.Of(await SwitchedAsync(flag, ct));
        evidence.Add(await _calls.ReadAsync(flag, evidence.Through, through, ct), through, rollout.Options.Rules);

        return new(rollout, evidence, Judge.Of(evidence, rollout.Options.Rules), health);
    }

    private async Task<IReadOnlyList<IntegrationView>> SwitchedAsync(string flag, CancellationToken ct) =>
        [.. (await _registry.AllAsync(ct)).Where(view => view.Options.Flag == flag)];

    private async Task InTransactionAsync(Func<NpgsqlTransaction, Task> work, CancellationToken ct)
    {
        await using var connection = await _store.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await work(transaction);
        await transaction.CommitAsync(CancellationToken.None); // a commit that is cancelled half-way leaves its outcome unknown
    }
}
