using System.CommandLine;
using System.Text.Json;

namespace HotDash.Cli.Flags;

/// <summary>Asks whether a flag is on for a user, and why.</summary>
internal static class AskCommands
{
    public static Command Evaluate(CliContext context) => Ask(
        context, "evaluate", "Says whether it is on, and why.", (said, answer) => said.Line($"{answer.Text("variant")} ({Reason(answer)})"));

    public static Command Explain(CliContext context) => Ask(context, "explain", "Says it step by step: the first step that says anything decides.", (said, answer) =>
    {
        said.Table(answer.GetProperty("steps").EnumerateArray(),
            ("asked", row => row.Text("step")), ("decides", row => row.Text("decides") is "true" ? "yes" : ""), ("found", row => row.Text("detail")));
        said.Line($"{answer.Text("variant")} ({Reason(answer)})");
    });

    private static Command Ask(CliContext context, string verb, string description, Action<CliContext, JsonElement> print)
    {
        var (name, json) = (FlagCommands.Name(), CommonOptions.Json());
        var user = new Option<string>("--user") { Description = "Id of the user; of an integration's flag: the id of a key, a post or a plan." };
        var cohort = new Option<string>("--cohort") { Description = "internal, beta or premium." };
        var command = new Command(verb, description) { name, user, cohort, json };

        command.SetAction(async (parsed, ct) =>
        {
            var query = new[] { ("user", parsed.GetValue(user)), ("cohort", parsed.GetValue(cohort)) }
                .Where(pair => pair.Item2 is not null).Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2!)}");
            var answer = await context.Api.GetAsync($"{FlagCommands.Path(parsed.GetValue(name)!)}/{verb}?{string.Join('&', query)}", ct);

            if (parsed.GetValue(json))
                context.Json(answer);
            else
                print(context, answer);
            return ExitCodes.Done;
        });

        return command;
    }

    private static string Reason(JsonElement answer) =>
        answer.TextOrNull("problem") is { } problem ? $"{answer.Text("reason")}, {problem}" : answer.Text("reason");
}
