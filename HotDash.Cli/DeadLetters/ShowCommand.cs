using System.CommandLine;
using System.Text.Json;

namespace HotDash.Cli.DeadLetters;

internal static class ShowCommand
{
    public static Command Create(CliContext context) => ViewCommand.Create(
        context, "show", "Shows one letter; its request needs a key with the scope operate.", DeadLetterCommands.Id("letter"), id => $"/api/dead-letters/{id}", Print);

    private static void Print(CliContext context, JsonElement answer)
    {
        var letter = answer.GetProperty("letter");
        context.Fields(
            ("id", letter.Text("id")),
            ("write", $"{letter.Text("integration")} {letter.Text("operation")}"),
            ("state", letter.Text("state")),
            ("failure", $"{letter.Text("failure")}: {letter.Text("summary")}"),
            ("attempts", $"{letter.Text("attempts")}, from {letter.Time("firstAt")} to {letter.Time("lastAt")}"),
            ("kept", letter.Time("keptAt")),
            ("asked by", letter.TextOrNull("origin")),
            ("trace", letter.TextOrNull("traceId")),
            ("idempotency key", letter.TextOrNull("idempotencyKey")),
            ("replay", letter.TextOrNull("replayId")),
            ("settled", letter.TextOrNull("settledBy") is { } by ? $"{letter.Time("settledAt")} by {by}: {letter.Text("settledReason")}" : null));

        if (answer.TextOrNull("requestHidden") is { } why)
            context.Fields(("request", why));
        else
            PrintRequest(context, answer.GetProperty("request"));
    }

    private static void PrintRequest(CliContext context, JsonElement request) => context.Fields(
        [
            ("request", $"{request.Text("method")} {request.Text("path")}"),
            .. request.GetProperty("headers").EnumerateObject()
                .Select(header => ("", (string?)$"{header.Name}: {(header.Value.ValueKind is JsonValueKind.Null ? "(not shown)" : header.Value.GetString())}")),
            ("body", request.TextOrNull("body") ?? $"{request.Text("bodyBytes")} bytes"),
        ]);
}
