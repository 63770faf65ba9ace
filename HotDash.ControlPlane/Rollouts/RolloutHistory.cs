using HotDash.ControlPlane.Store;
using HotDash.Integrations;
using Npgsql;

namespace HotDash.ControlPlane.Rollouts;

/// <summary>What checks found. A check that finds the same as the one before lengthens its row.</summary>
internal static class RolloutHistory
{
    public static Task AddAsync(NpgsqlTransaction transaction, Rollout rollout, RolloutCheck check, CancellationToken ct) => transaction.ExecuteAsync(
        """
        with newest as (select * from rollout_checks where flag = @Flag order by id desc limit 1),
        same as (
            update rollout_checks c set last_at = hotdash_now(), checks = c.checks + 1, why = @Reason, calls = @Calls, errors = @Errors,
              other_calls = @OtherCalls, other_errors = @OtherErrors
            from newest n
            where c.id = n.id and n.run = @Run and n.stage = @stage and n.state = @state and n.verdict = @verdict and n.healthy = @Ok and n.health = @Text
            returning 1)
        insert into rollout_checks (run, flag, stage, state, verdict, why, healthy, health, calls, errors, other_calls, other_errors)
        select @Run, @Flag, @stage, @state, @verdict, @Reason, @Ok, @Text, @Calls, @Errors, @OtherCalls, @OtherErrors
        where not exists (select from same)
        """,
        new
        {
            rollout.Run,
            rollout.Flag,
            stage = (int)rollout.Stage,
            state = rollout.State.ToUpperSnakeCase(),
            verdict = RolloutRow.Text(check.Judgement.Verdict),
            check.Judgement.Reason,
            check.Health.Ok,
            check.Health.Text,
            check.Evidence.Treated.Calls,
            check.Evidence.Treated.Errors,
            OtherCalls = check.Evidence.Untreated.Calls,
            OtherErrors = check.Evidence.Untreated.Errors,
        }, ct);
}
