using System.CommandLine;
using System.Text.Json;

namespace HotDash.Cli.Audit;

internal static class VerifyCommand
{
    public static Command Create(CliContext context)
    {
        var checkpoints = new Option<FileInfo>("--checkpoints") { Description = "A copy of the checkpoints that you kept: its last line must fit, too." };
        var json = CommonOptions.Json();
        var command = new Command("verify", "Reads the whole log and finds an entry that was edited, deleted or moved.") { checkpoints, json };

        command.SetAction(async (parsed, ct) =>
        {
            var known = parsed.GetValue(checkpoints) is { } file ? Known(file) : "";
            var verdict = await context.Api.GetAsync($"/api/audit/verify{known}", ct);
            if (parsed.GetValue(json))
                context.Json(verdict);
            else
                Print(context, verdict);
            return verdict.GetProperty("ok").GetBoolean() ? ExitCodes.Done : ExitCodes.Partly;
        });

        return command;
    }

    /// <summary>Of the last line that can be read: it vouches for all entries before it.</summary>
    private static string Known(FileInfo file)
    {
        try
        {
            foreach (var line in File.ReadLines(file.FullName).Reverse())
            {
                if (Parse(line) is { } known)
                    return known;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Refused, $"--checkpoints cannot be read: {e.Message}");
        }

        throw new CliException(ExitCodes.Refused, "--checkpoints holds no checkpoint. Give a file <log>.jsonl from AUDIT_FOLDER.");
    }

    private static string? Parse(string line)
    {
        try
        {
            var checkpoint = JsonDocument.Parse(line).RootElement;
            return $"?seq={checkpoint.GetProperty("seq").GetInt64()}&hash={Uri.EscapeDataString(checkpoint.Text("hash"))}";
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static void Print(CliContext context, JsonElement verdict)
    {
        foreach (var flaw in verdict.GetProperty("flaws").EnumerateArray())
            context.Line($"✗ {flaw.Text("kind")}: {flaw.Text("what")}");

        var (unchained, signed) = (verdict.GetProperty("unchained"), verdict.GetProperty("checkpoints"));
        context.Fields(
            ("entries", $"{verdict.Text("entries")}{(verdict.GetProperty("ok").GetBoolean() ? ", none edited, deleted or moved" : $"; {verdict.Text("flawCount")} flaws")}"),
            ("signed", signed.TextOrNull("file") is null ? "the api knows no checkpoints: newest entries could be deleted unseen"
                : signed.TextOrNull("lastSeq") is { } seq ? $"up to {seq}, at {signed.Time("lastAt")}, in {signed.Text("file")}"
                : $"nothing yet, in {signed.Text("file")}"),
            ("unreadable", signed.Number("unreadable") is var lines and > 0 ? $"{lines} lines of that file" : null),
            ("not chained yet", $"{unchained.Text("entries")}{(unchained.TextOrNull("oldestAge") is { } age ? $", the oldest for {age}" : "")}"));
    }
}
