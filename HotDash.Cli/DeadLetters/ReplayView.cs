using System.Text.Json;

namespace HotDash.Cli.DeadLetters;

internal static class ReplayView
{
    public static void Print(CliContext context, JsonElement replay, bool json)
    {
        if (json)
        {
            context.Json(replay);
            return;
        }

        var (progress, look) = (replay.GetProperty("progress"), replay.GetProperty("look"));
        context.Fields(
            ("replay", replay.Text("id")),
            ("state", replay.TextOrNull("message") is { } message ? $"{replay.Text("state")}: {message}" : replay.Text("state")),
            ("letters", $"{progress.Text("total")}: {Counts(progress)}"),
            ("unknown before", Looks(look)),
            ("asked by", replay.TextOrNull("reason") is { } reason ? $"{replay.Text("askedBy")}: {reason}" : replay.Text("askedBy")));
        if (replay.TryGetProperty("groups", out var groups) && groups.ValueKind is JsonValueKind.Array)
            context.Table(groups.EnumerateArray(),
                ("letters", row => row.Text("letters")),
                ("state", row => row.Text("state")),
                ("integration", row => row.Text("integration")),
                ("operation", row => row.Text("operation")),
                ("failure", row => row.Text("failure")),
                ("summary", row => row.Text("summary")));
    }

    /// <summary>How far it is, in a line.</summary>
    public static string Line(JsonElement replay) =>
        $"{replay.Text("state")}, {Counts(replay.GetProperty("progress"))}{(replay.TextOrNull("message") is { } message ? $" · {message}" : "")}";

    public static int ExitCode(JsonElement replay, bool waited) =>
        !waited || (replay.Text("state") == "done" && replay.GetProperty("progress").Number("failed") == 0 && replay.GetProperty("progress").Number("skipped") == 0)
            ? ExitCodes.Done
            : ExitCodes.Partly;

    private static string Counts(JsonElement progress) =>
        $"{progress.Text("replayed")} sent, {progress.Text("found")} were there already, {progress.Text("failed")} failed again, {progress.Text("skipped")} skipped, {progress.Text("open")} open";

    private static string? Looks(JsonElement look) => look.Number("due") + look.Number("found") + look.Number("absent") + look.Number("unclear") > 0
        ? $"{look.Text("found")} had their effect already, {look.Text("absent")} not, {look.Text("unclear")} unclear, {look.Text("due")} not looked up yet"
        : null;
}
