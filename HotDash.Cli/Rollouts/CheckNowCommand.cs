using System.CommandLine;

namespace HotDash.Cli.Rollouts;

internal static class CheckNowCommand
{
    public static Command Create(CliContext context)
    {
        var (flag, json) = (RolloutCommands.Flag(), CommonOptions.Json());
        var command = new Command("check", "Judges it now, and asks the providers how they are.") { flag, json };

        command.SetAction(async (parsed, ct) =>
        {
            var rollout = await context.Api.PostAsync($"{RolloutCommands.Path(parsed.GetValue(flag))}/check", null, ct);

            RolloutText.Print(context, rollout, parsed.GetValue(json));
            if (!parsed.GetValue(json))
                context.Line(RolloutText.Verdict(rollout) ?? "It has not been judged yet.");
            return RolloutText.ExitCode(rollout);
        });

        return command;
    }
}
