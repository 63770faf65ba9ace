using System.CommandLine;
using System.Text.Json;

namespace HotDash.Cli.Webhooks;

internal static class ShowCommand
{
    public static Command Create(CliContext context) => ViewCommand.Create(
        context, "show", "Shows one event; its body needs a key with the scope operate.", WebhookCommands.Id(), id => $"/api/webhooks/{id}", Print);

    private static void Print(CliContext context, JsonElement answer)
    {
        var row = answer.GetProperty("event");
        context.Fields(
            ("id", row.Text("id")),
            ("event", $"{row.Text("source")} {row.Text("topic")}"),
            ("about", row.Text("resource")),
            ("delivery", row.Text("deliveryId")),
            ("received", row.Time("receivedAt")),
            ("state", row.Text("state")),
            ("attempts", row.Text("attempts")),
            ("error", row.TextOrNull("error")),
            ("next try", row.TextOrNull("dueAt") is null ? null : row.Time("dueAt")),
            ("settled", row.TextOrNull("settledAt") is null ? null : row.Time("settledAt")));
        if (answer.TextOrNull("bodyHidden") is { } why)
            context.Fields(("body", why));
        else
            context.Json(answer.GetProperty("body"));
    }
}
