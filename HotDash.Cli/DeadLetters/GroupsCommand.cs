using System.CommandLine;

namespace HotDash.Cli.DeadLetters;

internal static class GroupsCommand
{
    public static Command Create(CliContext context)
    {
        var (filter, json) = (LetterFilters.Causes(), CommonOptions.Json());
        var command = new Command("groups", "Counts letters by cause, those with the most open ones first.") { json };
        filter.AddTo(command);

        command.SetAction(async (parsed, ct) =>
        {
            var answer = await context.Api.GetAsync($"/api/dead-letters/groups?{filter.Query(parsed)}", ct);
            if (parsed.GetValue(json))
                context.Json(answer);
            else
                context.Table(answer.GetProperty("groups").EnumerateArray(),
                    [.. ((string[])["integration", "operation", "failure", "summary", "pending", "unknown", "replaying", "replayed", "discarded"])
                        .Select(name => (name, (Func<System.Text.Json.JsonElement, string>)(row => row.Text(name))))]);
            return ExitCodes.Done;
        });

        return command;
    }
}
