using System.CommandLine;
using System.Text.Json;

namespace HotDash.Cli.Rollouts;

internal static class ListCommand
{
    public static Command Create(CliContext context)
    {
        var json = CommonOptions.Json();
        var limit = new Option<int>("--limit") { Description = "1 to 100 rollouts.", DefaultValueFactory = _ => 50 };
        var cursor = new Option<string>("--cursor") { Description = "Where the page before ended." };
        var command = new Command("list", "Lists rollouts by flag.") { limit, cursor, json };

        command.SetAction(async (parsed, ct) =>
        {
            var after = parsed.GetValue(cursor) is { } text ? $"&cursor={Uri.EscapeDataString(text)}" : "";
            var page = await context.Api.GetAsync($"/api/rollouts?limit={parsed.GetValue(limit)}{after}", ct);

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
        context.Table(page.GetProperty("rollouts").EnumerateArray(),
            ("flag", row => row.Text("flag")),
            ("state", row => row.Text("state")),
            ("stage", RolloutText.Stage),
            ("target", row => row.Text("targetStage")),
            ("verdict", row => row.Text("verdict")),
            ("checked", row => row.Time("checkedAt")));
        if (page.TextOrNull("nextCursor") is { } cursor)
            context.Out.WriteLine($"More: --cursor {cursor}");
    }
}
