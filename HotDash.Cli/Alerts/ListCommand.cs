using System.CommandLine;

namespace HotDash.Cli.Alerts;

internal static class ListCommand
{
    public static Command Create(CliContext context)
    {
        Option<string>[] filter =
        [
            new("--state") { Description = "open, acknowledged or resolved." },
            new("--indicator") { Description = "Name of an indicator, such as integration-errors." },
            new("--subject") { Description = "What was measured, such as chatwoot." },
            PageCommand.Cursor(),
        ];
        var (limit, json) = (PageCommand.Limit("alerts"), CommonOptions.Json());
        var command = new Command("list", "Lists alerts, newest first.") { limit, json };
        Array.ForEach(filter, command.Options.Add);

        command.SetAction(async (parsed, ct) =>
        {
            var query = filter.Where(option => parsed.GetValue(option) is not null)
                .Select(option => $"&{option.Name[2..]}={Uri.EscapeDataString(parsed.GetValue(option)!)}");
            var page = await context.Api.GetAsync($"/api/alerts?limit={parsed.GetValue(limit)}{string.Concat(query)}", ct);

            return context.Page(page, parsed.GetValue(json), "alerts",
                ("id", row => row.Text("id")),
                ("opened", row => row.Time("openedAt")),
                ("state", row => AlertCommands.Standing(context, row)),
                ("indicator", row => row.Text("indicator")),
                ("what", row => row.Text("summary")));
        });

        return command;
    }
}
