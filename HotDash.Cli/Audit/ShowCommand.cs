using System.CommandLine;

namespace HotDash.Cli.Audit;

internal static class ShowCommand
{
    public static Command Create(CliContext context)
    {
        var id = new Argument<long>("id") { Description = "id of the entry" };
        var json = CommonOptions.Json();
        var command = new Command("show", "Shows one change: how it was before, and after.") { id, json };

        command.SetAction(async (parsed, ct) =>
        {
            var entry = await context.Api.GetAsync($"/api/audit/{parsed.GetValue(id)}", ct);
            if (parsed.GetValue(json))
                context.Json(entry);
            else
                context.Fields(
                    ("id", entry.Text("id")),
                    ("at", entry.Time("at")),
                    ("what", $"{entry.Text("kind")} {entry.Text("objectId")}"),
                    ("action", entry.Text("action")),
                    ("by", entry.Text("actor")),
                    ("why", entry.TextOrNull("why")),
                    ("before", entry.TextOrNull("before")),
                    ("after", entry.TextOrNull("after")),
                    ("trace", entry.TextOrNull("traceId")),
                    ("number", entry.TextOrNull("seq") ?? "not chained yet"),
                    ("hash", entry.TextOrNull("hash")));
            return ExitCodes.Done;
        });

        return command;
    }
}
