using System.CommandLine;

namespace HotDash.Cli.DeadLetters;

internal static class ListCommand
{
    public static Command Create(CliContext context)
    {
        var (filter, json) = (FilterOptions.Letters(), CommonOptions.Json());
        var limit = PageCommand.Limit("letters");
        var cursor = PageCommand.Cursor();
        var command = new Command("list", "Lists letters, newest first.") { limit, cursor, json };
        filter.AddTo(command);

        command.SetAction(async (parsed, ct) =>
        {
            var query = filter.Read(parsed);
            query["limit"] = $"{parsed.GetValue(limit)}";
            if (parsed.GetValue(cursor) is { } after)
                query["cursor"] = after;
            var page = await context.Api.GetAsync($"/api/dead-letters?{FilterOptions.Query(query)}", ct);

            return context.Page(page, parsed.GetValue(json), "letters",
                ("id", row => row.Text("id")),
                ("kept", row => row.Time("keptAt")),
                ("state", row => row.Text("state")),
                ("integration", row => row.Text("integration")),
                ("operation", row => row.Text("operation")),
                ("failure", row => row.Text("failure")),
                ("summary", row => row.Text("summary")));
        });

        return command;
    }
}
