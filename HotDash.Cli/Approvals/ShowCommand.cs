using System.CommandLine;
using System.Text.Json;

namespace HotDash.Cli.Approvals;

internal static class ShowCommand
{
    public static Command Create(CliContext context) => ViewCommand.Create(
        context, "show", "Shows one with all its wordings and grades; the words need a key with the scope approve.", ApprovalCommands.Id(), ApprovalCommands.Path, Print);

    private static void Print(CliContext context, JsonElement answer)
    {
        var approval = answer.GetProperty("approval");
        context.Fields(
            ("id", approval.Text("id")),
            ("action", $"{approval.Text("kind")} {approval.Text("target")}, risk {approval.Text("risk")}"),
            ("state", approval.Text("state")),
            ("stale", approval.Text("stale") is "true" ? "the target changed after it was asked for: look at both" : null),
            ("reason", approval.TextOrNull("reason")),
            ("hash", approval.Text("hash")),
            ("approved by", $"{(approval.Texts("approvedBy") is { Length: > 0 } people ? people : "nobody yet")} ({approval.Text("required")} needed)"),
            ("written by", approval.Texts("authors")),
            ("expires", approval.Time("expiresAt")),
            ("effect", approval.TextOrNull("effectId")),
            ("words", answer.TextOrNull("contentHidden")));
        PrintDraft(context, answer);
        foreach (var revision in Rows(answer, "revisions"))
            context.Line($"\n— {revision.Text("revision")}, {revision.Text("author")}, {revision.Time("at")}\n{revision.TextOrNull("content") ?? "(cannot be opened any more)"}");
        if (answer.TextOrNull("result") is { } result)
            context.Line($"\n— result\n{result}");
        foreach (var grade in Rows(answer, "grades"))
            context.Line($"\n{grade.Text("grader")}: tone {grade.Text("tone")}, accuracy {grade.Text("accuracy")}, policy {grade.Text("policy")} {grade.Text("comment")}{(grade.TextOrNull("mirroredAt") is null ? " (not in Supabase yet)" : "")}");
    }

    private static void PrintDraft(CliContext context, JsonElement answer)
    {
        if (!answer.TryGetProperty("draft", out var draft) || draft.ValueKind is not JsonValueKind.Object)
            return;

        context.Fields(
            ("confidence", draft.Text("confidence")),
            ("sources", draft.Texts("sources", "\n")),
            ("note", draft.Text("note")));
        context.Line($"\nIt answers {draft.Text("answers")}:");
        if (draft.GetProperty("answered") is { ValueKind: JsonValueKind.Object } answered)
            Print(context, answered);
        foreach (var newer in Rows(draft, "newer"))
        {
            context.Line("\nThe customer has written since:");
            Print(context, newer);
        }

        static void Print(CliContext context, JsonElement message) => context.Line($"{message.Text("id")}, {message.Time("at")}\n{message.TextOrNull("text") ?? "(no text)"}");
    }

    private static JsonElement[] Rows(JsonElement answer, string list) =>
        answer.GetProperty(list) is { ValueKind: JsonValueKind.Array } rows ? [.. rows.EnumerateArray()] : [];
}
