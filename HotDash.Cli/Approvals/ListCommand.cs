using System.CommandLine;
using System.Text.Json;

namespace HotDash.Cli.Approvals;

internal static class ListCommand
{
    public static Command Create(CliContext context)
    {
        var filter = new FilterOptions();
        var state = new Option<string>("--state") { Description = "pending, approved, sending, sent, unknown, rejected, expired or failed." };
        var (limit, cursor) = (new Option<int>("--limit") { Description = "1 to 100.", DefaultValueFactory = _ => 50 }, new Option<string>("--cursor") { Description = "Where the page before ended." });
        var json = CommonOptions.Json();
        var command = new Command("list", "Lists them, the riskiest first, and of those the oldest.") { state, limit, cursor, json };
        filter.AddTo(command);

        command.SetAction(async (parsed, ct) =>
        {
            var query = filter.Query(parsed, ("state", parsed.GetValue(state)), ("limit", $"{parsed.GetValue(limit)}"), ("cursor", parsed.GetValue(cursor)));
            var page = await context.Api.GetAsync($"/api/approvals?{query}", ct);
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
        context.Table(page.GetProperty("approvals").EnumerateArray(),
            ("id", row => row.Text("id")),
            ("kind", row => row.Text("kind")),
            ("target", row => row.Text("target")),
            ("risk", row => row.Text("risk")),
            ("state", row => row.Text("stale") is "true" ? $"{row.Text("state")}, stale" : row.Text("state")),
            ("approved", row => $"{row.GetProperty("approvedBy").GetArrayLength()} of {row.Text("required")}"),
            ("asked", row => row.Time("createdAt")),
            ("expires", row => row.Time("expiresAt")));
        if (page.TextOrNull("nextCursor") is { } cursor)
            context.Out.WriteLine($"More: --cursor {cursor}");
    }
}
