using System.CommandLine;
using System.Text.Json;

namespace HotDash.Cli.Alerts;

internal static class ShowCommand
{
    public static Command Create(CliContext context) =>
        ViewCommand.Create(context, "show", "Shows one, and where to go on looking.", AlertCommands.Id(), AlertCommands.Path, Print);

    private static void Print(CliContext context, JsonElement alert) => context.Fields(
        ("id", alert.Text("id")),
        ("what", alert.Text("summary")),
        ("indicator", alert.Text("indicator")),
        ("state", AlertCommands.Standing(context, alert)),
        ("opened", alert.Time("openedAt")),
        ("checked", alert.Time("checkedAt")),
        ("well since", alert.TextOrNull("wellSince") is null ? null : alert.Time("wellSince")),
        ("acknowledged", alert.TextOrNull("acknowledgedBy") is { } by ? $"{alert.Time("acknowledgedAt")} by {by}: {alert.TextOrNull("acknowledgedReason")}" : null),
        ("silenced", alert.TextOrNull("silencedBy") is { } silencer ? $"until {alert.Time("silencedUntil")} by {silencer}: {alert.Text("silencedReason")}" : null),
        ("resolved", alert.TextOrNull("resolvedAt") is null ? null : $"{alert.Time("resolvedAt")}: {alert.Text("resolvedReason")}"),
        ("look at", alert.Texts("links")));
}
