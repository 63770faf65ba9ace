using System.CommandLine;
using System.Text.Json;
using HotDash.Cli.Approvals;

namespace HotDash.Cli.Commerce;

/// <summary>A change item by item: what was there when it was asked for, and each time it went back to people; at last what became of it.</summary>
internal static class ShowChangeCommand
{
    public static Command Create(CliContext context) => ViewCommand.Create(
        context, "show", "Shows a change item by item, and what became of it; the values need a key with the scope approve.", ApprovalCommands.Id(), ApprovalCommands.Path, Print);

    private static void Print(CliContext context, JsonElement answer)
    {
        var approval = answer.GetProperty("approval");
        ApprovalCommands.Print(context, approval, json: false);
        context.Line($"{approval.Text("kind")} of {approval.Text("target")}{(approval.Text("stale") is "true" ? ": the shop had other values than those that were seen before: look at both" : "")}. {approval.Text("reason")}");
        if (answer.TextOrNull("contentHidden") is { } hidden)
            context.Line(hidden);

        if (answer.GetProperty("revisions") is { ValueKind: JsonValueKind.Array } revisions)
        {
            foreach (var revision in revisions.EnumerateArray())
                PrintRevision(context, revision);
        }

        if (answer.TextOrNull("result") is { } result)
            PrintResult(context, JsonDocument.Parse(result).RootElement);
    }

    private static void PrintRevision(CliContext context, JsonElement revision)
    {
        context.Line($"\n{revision.Text("revision")}, {revision.Text("author")}, {revision.Time("at")}{(revision.TextOrNull("content") is null ? ": it cannot be opened any more" : "")}");
        if (revision.TextOrNull("content") is not { } content)
            return;

        context.Table(JsonDocument.Parse(content).RootElement.GetProperty("items").EnumerateArray(),
            ("item", CommerceCommands.Rows),
            ("there", row => Value(row, "from")),
            ("to be", row => row.TextOrNull("to") ?? row.TextOrNull("value") ?? (row.TextOrNull("delta") is { } delta ? $"{delta} more" : Prices(row))));
    }

    private static void PrintResult(CliContext context, JsonElement result)
    {
        context.Line($"\nwhat became of it{(result.Text("readBack") is "true" ? "" : " (the shop could not be asked afterwards)")}");
        context.Table(result.GetProperty("items").EnumerateArray(),
            ("item", CommerceCommands.Rows),
            ("there before", row => row.Text("from")),
            ("approved", row => row.Text("to")),
            ("there now", row => row.Text("now")),
            ("refused", row => row.Text("refused")));
    }

    private static string Value(JsonElement row, string name) => row.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Object
        ? value.TextOrNull("text") ?? Prices(value)
        : row.Text(name);

    private static string Prices(JsonElement row) => row.TextOrNull("compareAtPrice") is { } former and not "0" ? $"{row.Text("price")}, before {former}" : row.Text("price");
}
