using System.Text.Json;
using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using Npgsql;

namespace HotDash.ControlPlane.Rollouts;

internal static class RolloutSql
{
    /// <param name="locked">With the evidence and the next check as they are to be.</param>
    public static Task WriteAsync(NpgsqlTransaction transaction, LockedRollout locked, Rollout rollout, CancellationToken ct) => transaction.ExecuteAsync(
        """
        insert into rollouts (flag, run, state, stage, target, last_good, cohorts, options, why, started_at, started_by, stage_at, next_check_at, checked_at,
                              verdict, verdict_why, evidence)
        values (@FlagId, @Run, @state, @stage, @target, @lastGood, @cohorts, @options::jsonb, @Reason, @startedAt, @StartedBy, @stageAt, @nextCheck, @checkedAt,
                @verdict, @VerdictReason, @evidence::jsonb)
        on conflict (flag) do update set
          version = rollouts.version + 1, run = excluded.run, state = excluded.state, stage = excluded.stage, target = excluded.target,
          last_good = excluded.last_good, cohorts = excluded.cohorts, options = excluded.options, why = excluded.why, started_at = excluded.started_at,
          started_by = excluded.started_by, stage_at = excluded.stage_at, next_check_at = excluded.next_check_at, checked_at = excluded.checked_at,
          verdict = excluded.verdict, verdict_why = excluded.verdict_why, evidence = excluded.evidence
        """,
        new
        {
            locked.FlagId,
            rollout.Run,
            state = rollout.State.ToUpperSnakeCase(),
            stage = (int)rollout.Stage,
            target = (int)rollout.TargetStage,
            lastGood = (int?)rollout.LastGood,
            cohorts = rollout.Cohorts.ToArray(),
            options = JsonSerializer.Serialize(rollout.Options),
            rollout.Reason,
            startedAt = rollout.StartedAt.UtcDateTime,
            rollout.StartedBy,
            stageAt = rollout.StageSince.UtcDateTime,
            nextCheck = locked.NextCheck!.Value.UtcDateTime,
            checkedAt = rollout.CheckedAt?.UtcDateTime,
            verdict = rollout.Verdict is { } verdict ? RolloutRow.Text(verdict) : null,
            rollout.VerdictReason,
            evidence = JsonSerializer.Serialize(locked.Evidence),
        }, ct);
}
