using System.CommandLine;

namespace HotDash.Cli.DeadLetters;

internal static class ListCommand
{
    public static Command Create(CliContext context)
    {
        var (filter, json) = (FilterOptions.Letters(), CommonOptions.Json());
        var limit = new Option<int>("--limit") { Description = "1 to 100 letters.", DefaultValueFactory = _ => 50 };
        var cursor = new Option<string>("--cursor") { Description = "Where the page before ended." };
        var command = new Command("list", "Lists letters, newest first.") { limit, cursor, json };
        filter.AddTo(command);

        command.SetAction(async (parsed, ct) =>
        {
            var query = filter.Read(parsed);
            query["limit"] = $"{parsed.GetValue(limit)}";
            if (parsed.GetValue(cursor) is { } after)
                query["cursor"] = after;
            var page = await context.Api.GetAsync($"/api/dead-letters?{FilterOptions.Query(query)}", ct);

            if (parsed.GetValue(json))
                context.Json(page);
            else
                Print(context, page);
            return ExitCodes.Done;
        });

        return command;
    }

    private static void Print(CliContext context, System.Text.Json.JsonElement page)
    {
        context.Table(page.GetProperty("letters").EnumerateArray(),
            ("id", row => row.Text("id")),
            ("kept", row => row.Time("keptAt")),
            ("state", row => row.Text("state")),
            ("integration", row => row.Text("integration")),
            ("operation", row => row.Text("operation")),
            ("failure", row => row.Text("failure")),
            ("summary", row => row.Text("summary")));
        if (page.TextOrNull("nextCursor") is { } cursor)
            context.Out.WriteLine($"More: --cursor {cursor}");
    }
}
