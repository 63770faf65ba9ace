using System.CommandLine;

namespace HotDash.Cli.Rollouts;

/// <summary>The moves that a person makes.</summary>
internal static class MoveCommands
{
    public static Command Advance(CliContext context)
    {
        var force = new Option<bool>("--force") { Description = "Also when the stage is not known to be healthy; but not when it does harm." };
        return Move(context, "advance", "To the next stage; at the target it is completed.", force);
    }

    public static Command Pause(CliContext context) => Move(context, "pause", "Leaves the flag as it is; it goes on being judged.");

    public static Command Resume(CliContext context) => Move(context, "resume", "Goes on; the stage is judged afresh.");

    public static Command Rollback(CliContext context) =>
        Move(context, "rollback", "To the last good stage, else off; what the flag switches is disconnected.");

    private static Command Move(CliContext context, string verb, string description, Option<bool>? force = null)
    {
        var (flag, reason, json) = (RolloutCommands.Flag(), CommonOptions.Reason(required: true), CommonOptions.Json());
        var command = new Command(verb, description) { flag, reason, json };
        if (force is not null)
            command.Add(force);

        command.SetAction(async (parsed, ct) =>
        {
            object body = force is not null && parsed.GetValue(force) ? new { reason = parsed.GetValue(reason), force = true } : new { reason = parsed.GetValue(reason) };
            RolloutText.Print(context, await context.Api.PostAsync($"{RolloutCommands.Path(parsed.GetValue(flag))}/{verb}", body, ct), parsed.GetValue(json));
            return ExitCodes.Done;
        });

        return command;
    }
}
