using System.CommandLine;
using System.Text.Json;

namespace HotDash.Cli.Flags;

internal static class ListCommand
{
    public static Command Create(CliContext context)
    {
        var json = CommonOptions.Json();
        var limit = new Option<int>("--limit") { Description = "1 to 100 flags.", DefaultValueFactory = _ => 50 };
        var cursor = new Option<string>("--cursor") { Description = "Where the page before ended." };
        var command = new Command("list", "Lists flags by name.") { limit, cursor, json };

        command.SetAction(async (parsed, ct) =>
        {
            var after = parsed.GetValue(cursor) is { } text ? $"&cursor={Uri.EscapeDataString(text)}" : "";
            var page = await context.Api.GetAsync($"/api/flags?limit={parsed.GetValue(limit)}{after}", ct);

            if (parsed.GetValue(json))
                context.Json(page);
            else
                Print(context, page);
            return ExitCodes.Done;
        });

        return command;
    }

    private static void Print(CliContext context, JsonElement page)
    {
        context.Table(page.GetProperty("flags").EnumerateArray(),
            ("flag", row => row.Text("name")),
            ("state", FlagText.State),
            ("version", row => row.Text("version")),
            ("changed", row => row.Time("changedAt")),
            ("by", row => row.Text("changedBy")));
        if (page.TextOrNull("nextCursor") is { } cursor)
            context.Out.WriteLine($"More: --cursor {cursor}");
    }
}
