using System.CommandLine;
using System.Text.Json;

namespace HotDash.Cli.Alerts;

/// <summary><c>hotdash alerts</c>.</summary>
internal static class AlertCommands
{
    public static Command Create(CliContext context) => new("alerts", "Indicators that are, or were, not as they should be.")
    {
        ListCommand.Create(context),
        ShowCommand.Create(context),
        DecideCommands.Acknowledge(context),
        DecideCommands.Silence(context),
    };

    public static Argument<string> Id() => new("id") { Description = "id of the alert" };

    public static string Path(string? id) => $"/api/alerts/{Uri.EscapeDataString(id!)}";

    public static string Standing(CliContext context, JsonElement alert) =>
        IsSilent(context, alert) ? $"{alert.Text("state")}, silenced until {alert.Time("silencedUntil")}" : alert.Text("state");

    private static bool IsSilent(CliContext context, JsonElement alert) =>
        alert.TextOrNull("silencedUntil") is not null && alert.GetProperty("silencedUntil").GetDateTimeOffset() > context.Clock.GetUtcNow();
}
