using HotDash.ControlPlane.Flags;
using HotDash.ControlPlane.Rollouts.Judging;
using HotDash.ControlPlane.Store;
using Npgsql;

namespace HotDash.ControlPlane.Rollouts;

/// <summary>A flag and its rollout that nobody else changes until the transaction ends.</summary>
/// <param name="Now">By the database.</param>
/// <param name="NextCheck">Null where there is no rollout.</param>
internal sealed record LockedRollout(long FlagId, Flag Flag, Rollout? Rollout, Evidence? Evidence, DateTimeOffset Now, DateTimeOffset? NextCheck)
{
    /// <summary>The flag comes first, always: whoever changes either of them waits there.</summary>
    /// <returns>Null when there is no such flag.</returns>
    public static async Task<LockedRollout?> TakeAsync(NpgsqlTransaction transaction, string flag, CancellationToken ct)
    {
        if (await FlagStore.LockAsync(transaction, flag, new("", ""), ct) is not { } row)
            return null;

        var rollout = await transaction.QueryFirstAsync<RolloutRow>($"{RolloutRow.Select} where r.flag = @Id", new { row.Id }, ct);
        var now = await transaction.QueryFirstAsync<DateTime>("select hotdash_now()", new { }, ct);
        return new(row.Id, row.ToFlag(), rollout?.ToRollout(), rollout?.ToEvidence(), new(now), rollout is null ? null : new(rollout.NextCheckAt));
    }
}
