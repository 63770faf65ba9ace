using System.CommandLine;
using System.Text.Json;

namespace HotDash.Cli.Flags;

internal static class ShowCommand
{
    public static Command Create(CliContext context)
    {
        var (name, json) = (FlagCommands.Name(), CommonOptions.Json());
        var command = new Command("show", "Shows one flag with its overrides.") { name, json };

        command.SetAction(async (parsed, ct) =>
        {
            var path = FlagCommands.Path(parsed.GetValue(name)!);
            var flag = await context.Api.GetAsync(path, ct);
            if (parsed.GetValue(json))
                context.Json(flag);
            else
                Print(context, flag, (await context.Api.GetAsync($"{path}/overrides", ct)).GetProperty("overrides"));
            return ExitCodes.Done;
        });

        return command;
    }

    private static void Print(CliContext context, JsonElement flag, JsonElement overrides)
    {
        context.Fields(
            ("flag", flag.Text("name")),
            ("state", FlagText.State(flag)),
            ("percentage", $"{flag.Text("rolloutPercent")} %{(flag.Text("monotone") is "true" ? $", monotone: {flag.Text("effectivePercent")} % count" : "")}"),
            ("cohorts", flag.Texts("allowedCohorts")),
            ("from", flag.TextOrNull("startDate") is null ? null : flag.Time("startDate")),
            ("until", flag.TextOrNull("endDate") is null ? null : flag.Time("endDate")),
            ("version", $"{flag.Text("version")}, {flag.Time("changedAt")}{(flag.TextOrNull("changedBy") is { } by ? $" by {by}" : "")}"));
        if (overrides.GetArrayLength() > 0)
            context.Table(overrides.EnumerateArray(), ("user", row => row.Text("user")), ("set to", row => row.Text("on") is "true" ? "on" : "off"));
    }
}
