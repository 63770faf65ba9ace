using System.CommandLine;
using System.Text.Json;

namespace HotDash.Cli.Rollouts;

internal static class ValidateCommand
{
    public static Command Create(CliContext context) => ViewCommand.Create(
        context, "validate", "Says whether a flag can be rolled out, and what is missing.", RolloutCommands.Flag(), flag => $"{RolloutCommands.Path(flag)}/validate", Print, answer => answer.GetProperty("ready").GetBoolean());

    private static void Print(CliContext context, JsonElement answer)
    {
        foreach (var check in answer.GetProperty("checks").EnumerateArray())
            context.Line(Line(check));
    }

    private static string Line(JsonElement check) =>
        $"{check.Text("ok") switch { "true" => "✅", "false" => "❌", _ => "➖" }} {check.Text("check")}: {check.Text("detail")}";
}
