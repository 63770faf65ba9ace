using System.CommandLine;

namespace HotDash.Cli.Alerts;

internal static class ListCommand
{
    private static FilterOptions Filter() => new(
        ("state", "open, acknowledged or resolved."),
        ("indicator", "Name of an indicator, such as integration-errors."),
        ("subject", "What was measured, such as chatwoot."));

    public static Command Create(CliContext context) => PageCommand.Create(context, "Lists alerts, newest first.", "/api/alerts", "alerts", Filter(),
        ("id", row => row.Text("id")),
        ("opened", row => row.Time("openedAt")),
        ("state", row => AlertCommands.Standing(context, row)),
        ("indicator", row => row.Text("indicator")),
        ("what", row => row.Text("summary")));
}
