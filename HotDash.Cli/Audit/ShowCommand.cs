using System.CommandLine;
using System.Text.Json;

namespace HotDash.Cli.Audit;

internal static class ShowCommand
{
    public static Command Create(CliContext context) => ViewCommand.Create(
        context, "show", "Shows one change: how it was before, and after.", new Argument<long>("id") { Description = "id of the entry" }, id => $"/api/audit/{id}", Print);

    private static void Print(CliContext context, JsonElement entry) => context.Fields(
        ("id", entry.Text("id")),
        ("at", entry.Time("at")),
        ("what", $"{entry.Text("kind")} {entry.Text("objectId")}"),
        ("action", entry.Text("action")),
        ("by", entry.Text("actor")),
        ("reason", entry.TextOrNull("reason")),
        ("before", entry.TextOrNull("before")),
        ("after", entry.TextOrNull("after")),
        ("trace", entry.TextOrNull("traceId")),
        ("number", entry.TextOrNull("seq") ?? "not chained yet"),
        ("hash", entry.TextOrNull("hash")));
}
