using System.CommandLine;
using System.Text.Json;

namespace HotDash.Cli.DeadLetters;

internal static class ShowCommand
{
    public static Command Create(CliContext context)
    {
        var (id, json) = (DeadLetterCommands.Id("letter"), CommonOptions.Json());
        var command = new Command("show", "Shows one letter; its request needs a key with the scope operate.") { id, json };

        command.SetAction(async (parsed, ct) =>
        {
            var answer = await context.Api.GetAsync($"/api/dead-letters/{parsed.GetValue(id)}", ct);
            if (parsed.GetValue(json))
                context.Json(answer);
            else
                Print(context, answer);
            return ExitCodes.Done;
        });

        return command;
    }

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
            ("settled", letter.TextOrNull("settledBy") is { } by ? $"{letter.Time("settledAt")} by {by}: {letter.Text("settledWhy")}" : null));

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
