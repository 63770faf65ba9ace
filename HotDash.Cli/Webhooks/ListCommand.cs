using System.CommandLine;

namespace HotDash.Cli.Webhooks;

internal static class ListCommand
{
    private static FilterOptions Filter() => new(
        ("source", "chatwoot, shopify, or the name of a configured sender."),
        ("topic", "Such as message_created or orders/updated."),
        ("resource", "What it is about, such as conversation/7."),
        ("state", "pending, done, ignored or poison."),
        ("from", "Received at this time or later, such as 2026-11-20T00:00:00Z."),
        ("to", "Received before this time."),
        ("text", "A part of the topic, the resource, the delivery's id or the error."));

    public static Command Create(CliContext context) => PageCommand.Create(context, "Lists events, newest first.", "/api/webhooks", "events", Filter(),
        ("id", row => row.Text("id")),
        ("received", row => row.Time("receivedAt")),
        ("state", row => row.Text("state")),
        ("source", row => row.Text("source")),
        ("topic", row => row.Text("topic")),
        ("resource", row => row.Text("resource")),
        ("error", row => row.Text("error")));
}
