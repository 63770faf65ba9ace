using System.CommandLine;
using System.Text.Json;

namespace HotDash.Cli.Registry;

/// <summary><c>hotdash integrations</c>.</summary>
internal static class IntegrationCommands
{
    private const string All = "all";

    public static Command Create(CliContext context) => new("integrations", "How the integrations stand, and whether calls go to them.")
    {
        List(context),
        ShowIntegrationCommand.Create(context),
        Connect(context),
        Disconnect(context),
        CheckCommand.Create(context),
    };

    public static Argument<string> Key(string more = "") => new("integration") { Description = $"Key of the integration, such as chatwoot{more}." };

    public static string Path(string key) => $"/api/integrations/{Uri.EscapeDataString(key)}";

    private static Command List(CliContext context) => PageCommand.CreateWhole(context, "Lists the integrations.", "/api/integrations", "integrations",
        ("integration", row => row.Text("key")),
        ("status", row => row.Text("status")),
        ("flag", row => $"{row.GetProperty("flag").Text("name")}: {(row.GetProperty("flag").Text("on") is "true" ? "on" : "off")}"),
        ("reason", row => row.Text("reason")));

    private static Command Connect(CliContext context)
    {
        var (key, json) = (Key($"; or {All} that are switched on"), CommonOptions.Json());
        var command = new Command("connect", "Lets calls go again, and looks how it is.") { key, json };
        command.SetAction(async (parsed, ct) =>
        {
            var which = parsed.GetValue(key)!;
            var answer = await context.Api.PostAsync(which is All ? "/api/integrations/connect" : $"{Path(which)}/connect", null, ct);
            List<JsonElement> connected = answer.TryGetProperty("integrations", out var all) ? [.. all.EnumerateArray()] : [answer];

            if (parsed.GetValue(json))
                context.Json(answer);
            else
                connected.ForEach(integration => PrintStatus(context, integration));
            return connected.TrueForAll(integration => integration.Text("status") is not "ERROR") ? ExitCodes.Done : ExitCodes.Partly;
        });

        return command;
    }

    private static Command Disconnect(CliContext context)
    {
        var (key, reason, json) = (Key(), CommonOptions.Reason(required: true), CommonOptions.Json());
        var command = new Command("disconnect", "Sends no call to it any more, until somebody connects it.") { key, reason, json };
        command.SetAction(async (parsed, ct) =>
        {
            var answer = await context.Api.PostAsync($"{Path(parsed.GetValue(key)!)}/disconnect", new { reason = parsed.GetValue(reason) }, ct);
            if (parsed.GetValue(json))
                context.Json(answer);
            else
                PrintStatus(context, answer);
            return ExitCodes.Done;
        });

        return command;
    }

    private static void PrintStatus(CliContext context, JsonElement integration) => context.Line(
        $"{integration.Text("key")} is {integration.Text("status")}{(integration.TextOrNull("reason") is { } reason ? $": {reason}" : "")}.");
}
