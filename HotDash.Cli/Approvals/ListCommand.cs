using System.CommandLine;

namespace HotDash.Cli.Approvals;

internal static class ListCommand
{
    public static Command Create(CliContext context)
    {
        var (filter, json) = (new FilterOptions(), CommonOptions.Json());
        var (limit, cursor) = (PageCommand.Limit("approvals"), PageCommand.Cursor());
        var state = new Option<string>("--state") { Description = "pending, approved, sending, sent, unknown, rejected, expired or failed." };
        var command = new Command("list", "Lists them, the riskiest first, and of those the oldest.") { state, limit, cursor, json };
        filter.AddTo(command);

        command.SetAction(async (parsed, ct) =>
        {
            var query = filter.Query(parsed, ("state", parsed.GetValue(state)), ("limit", $"{parsed.GetValue(limit)}"), ("cursor", parsed.GetValue(cursor)));
            var page = await context.Api.GetAsync($"/api/approvals?{query}", ct);

            return context.Page(page, parsed.GetValue(json), "approvals",
                ("id", row => row.Text("id")),
                ("kind", row => row.Text("kind")),
                ("target", row => row.Text("target")),
                ("risk", row => row.Text("risk")),
                ("state", row => row.Text("stale") is "true" ? $"{row.Text("state")}, stale" : row.Text("state")),
                ("approved", row => $"{row.GetProperty("approvedBy").GetArrayLength()} of {row.Text("required")}"),
                ("asked", row => row.Time("createdAt")),
                ("expires", row => row.Time("expiresAt")));
        });

        return command;
    }
}
