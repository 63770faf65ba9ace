using System.CommandLine;

namespace HotDash.Cli.Audit;

internal static class ListCommand
{
    private static FilterOptions Filter() => new(
        ("kind", "flag, rollout, key, integration, dead-letter, replay, post, plan, idea, approval, webhook, alert, label or conversation."),
        ("objectId", "Name or id of what was changed."),
        ("actor", "Name or id of a key, or HotDash."),
        ("from", "Changed at this time or later, such as 2026-11-21T12:00:00Z."),
        ("to", "Changed before this time."));

    public static Command Create(CliContext context) => PageCommand.Create(context, "Lists changes, newest first.", "/api/audit", "entries", Filter(),
        ("id", row => row.Text("id")),
        ("at", row => row.Time("at")),
        ("what", row => $"{row.Text("kind")} {row.Text("objectId")}"),
        ("action", row => row.Text("action")),
        ("by", row => row.Text("actor")),
        ("reason", row => row.Text("reason")));
}
