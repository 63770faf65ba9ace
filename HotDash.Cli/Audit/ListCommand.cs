using System.CommandLine;

namespace HotDash.Cli.Audit;

internal static class ListCommand
{
    public static Command Create(CliContext context)
    {
        Option<string>[] filter =
        [
            new("--kind") { Description = "flag, rollout, key, integration, dead-letter, replay, post, plan, idea, approval, webhook, alert, label or conversation." },
            new("--object") { Description = "Name or id of what was changed." },
            new("--actor") { Description = "Name or id of a key, or HotDash." },
            new("--from") { Description = "Changed at this time or later, such as 2026-11-21T12:00:00Z." },
            new("--to") { Description = "Changed before this time." },
            PageCommand.Cursor(),
        ];
        var limit = PageCommand.Limit("entries");
        var json = CommonOptions.Json();
        var command = new Command("list", "Lists changes, newest first.") { limit, json };
        Array.ForEach(filter, command.Options.Add);

        command.SetAction(async (parsed, ct) =>
        {
            var query = filter.Where(option => parsed.GetValue(option) is not null)
                .Select(option => $"&{Name(option)}={Uri.EscapeDataString(parsed.GetValue(option)!)}");
            var page = await context.Api.GetAsync($"/api/audit?limit={parsed.GetValue(limit)}{string.Concat(query)}", ct);

            return context.Page(page, parsed.GetValue(json), "entries",
                ("id", row => row.Text("id")),
                ("at", row => row.Time("at")),
                ("what", row => $"{row.Text("kind")} {row.Text("objectId")}"),
                ("action", row => row.Text("action")),
                ("by", row => row.Text("actor")),
                ("why", row => row.Text("why")));
        });

        return command;
    }

    private static string Name(Option option) => option.Name is "--object" ? "objectId" : option.Name[2..];
}
