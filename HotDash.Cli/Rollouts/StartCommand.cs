using System.CommandLine;

namespace HotDash.Cli.Rollouts;

internal static class StartCommand
{
    public static Command Create(CliContext context)
    {
        var (flag, reason, json) = (RolloutCommands.Flag(), CommonOptions.Reason(required: true), CommonOptions.Json());
        var target = new Option<string>("--to") { Description = "INTERNAL, BETA, EARLY_ACCESS, LIMITED, GENERAL or FULL; FULL unless given." };
        var interval = new Option<double?>("--interval") { Description = "Seconds between checks, 10 to 3600; 60 unless given." };
        var threshold = new Option<double?>("--error-threshold") { Description = "Percentage of live calls that may fail; 5 unless given." };
        var sample = new Option<long?>("--min-sample") { Description = "Live calls without which nothing is decided; 100 unless given." };
        var after = new Option<double?>("--advance-after") { Description = "Advance by itself when a stage is healthy after so many seconds; a person does unless given." };
        var approval = new Option<bool>("--require-approval") { Description = "A person advances each stage all the same." };
        var rollback = new Option<bool>("--rollback-on-error") { Description = "Harm rolls it back; else it pauses." };
        var command = new Command("start", "Starts one at the stage at which the flag is; again after a rollback.")
        {
            flag, target, interval, threshold, sample, after, approval, rollback, reason, json,
        };

        command.SetAction(async (parsed, ct) =>
        {
            var body = new
            {
                targetStage = parsed.GetValue(target),
                healthCheckInterval = parsed.GetValue(interval),
                errorThreshold = parsed.GetValue(threshold),
                minSampleSize = parsed.GetValue(sample),
                autoAdvanceAfter = parsed.GetValue(after),
                requireApprovalPerStage = parsed.GetValue(approval),
                pauseOnError = !parsed.GetValue(rollback),
                reason = parsed.GetValue(reason),
            };
            RolloutText.Print(context, await context.Api.PostAsync($"{RolloutCommands.Path(parsed.GetValue(flag))}/start", body, ct), parsed.GetValue(json));
            return ExitCodes.Done;
        });

        return command;
    }
}
