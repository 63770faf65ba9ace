using System.CommandLine;
using System.Text.Json;

namespace HotDash.Cli.Rollouts;

internal static class ValidateCommand
{
    public static Command Create(CliContext context)
    {
        var (flag, json) = (RolloutCommands.Flag(), CommonOptions.Json());
        var command = new Command("validate", "Says whether a flag can be rolled out, and what is missing.") { flag, json };

        command.SetAction(async (parsed, ct) =>
        {
            var answer = await context.Api.GetAsync($"{RolloutCommands.Path(parsed.GetValue(flag))}/validate", ct);

            if (parsed.GetValue(json))
                context.Json(answer);
            else
                answer.GetProperty("checks").EnumerateArray().ToList().ForEach(check => context.Line(Line(check)));
            return answer.GetProperty("ready").GetBoolean() ? ExitCodes.Done : ExitCodes.Partly;
        });

        return command;
    }

    private static string Line(JsonElement check) =>
        $"{check.Text("ok") switch { "true" => "✅", "false" => "❌", _ => "➖" }} {check.Text("check")}: {check.Text("detail")}";
}
