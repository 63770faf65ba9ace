using System.CommandLine;
using System.Globalization;
using System.Text.Json;

namespace HotDash.Cli.Registry;

internal static class ShowIntegrationCommand
{
    public static Command Create(CliContext context) => ViewCommand.Create(
        context, "show", "Shows one, with its last calls by operation.", IntegrationCommands.Key(), IntegrationCommands.Path, Print);

    private static void Print(CliContext context, JsonElement answer)
    {
        var integration = answer.GetProperty("integration");
        var flag = integration.GetProperty("flag");
        context.Fields(
            ("integration", $"{integration.Text("key")}, source {integration.Text("source")}"),
            ("status", $"{integration.Text("status")}{(integration.TextOrNull("since") is null ? "" : $" since {integration.Time("since")}")}"),
            ("reason", integration.TextOrNull("reason")),
            ("to do", integration.TextOrNull("toDo")),
            ("flag", $"{flag.Text("name")}: {(flag.Text("on") is "true" ? "on" : "off")}"),
            ("credentials", integration.Texts("credentials")),
            ("not set", integration.Texts("missingCredentials")),
            ("breaker", Part(integration, "breaker", breaker => breaker.Text("state"))),
            ("budget", Part(integration, "budget", budget => $"{budget.Text("left")} of {budget.Text("limit")} left")),
            ("calls", Part(integration, "calls", calls => $"{calls.Text("calls")} in 15 minutes, {Share(calls)} failed")));
        foreach (var line in new CheckReport(integration).Lines)
            context.Line(line);
        context.Table(answer.GetProperty("lastCalls").EnumerateArray(),
            ("at", row => row.Time("at")),
            ("operation", row => row.Text("operation")),
            ("source", row => row.Text("source")),
            ("calls", row => row.GetProperty("calls").Text("calls")),
            ("failed", row => Share(row.GetProperty("calls"))));
    }

    private static string? Part(JsonElement integration, string name, Func<JsonElement, string> text) =>
        integration.GetProperty(name) is { ValueKind: JsonValueKind.Object } part ? text(part) : null;

    private static string Share(JsonElement calls) => calls.GetProperty("errorRate") is { ValueKind: JsonValueKind.Number } rate
        ? rate.GetDouble().ToString("P1", CultureInfo.InvariantCulture)
        : "none";
}
