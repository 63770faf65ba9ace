using System.CommandLine;
using System.Text.Json;

namespace HotDash.Cli.Registry;

/// <summary><c>hotdash check</c>.</summary>
internal static class CheckCommand
{
    private const string All = "all";

    public static Command Create(CliContext context)
    {
        var which = new Argument<string>("integration") { Description = $"Key of the integration, such as chatwoot; or {All}." };
        var parity = new Option<bool>("--parity") { Description = "Compares what HotDash asks of shopify with the schema of the version that is configured, instead." };
        var json = CommonOptions.Json();
        var command = new Command("check", "Asks the providers how they are, now; also appends a line to artifacts/integrations/<date>/<integration>_health.jsonl.") { which, parity, json };

        command.SetAction(async (parsed, ct) =>
        {
            var key = parsed.GetValue(which)!;
            if (parsed.GetValue(parity))
                return await ParityReport.RunAsync(context, key, parsed.GetValue(json), ct);

            var answer = await AskAsync(context, key, ct);
            List<CheckReport> reports = [.. Integrations(answer).Select(integration => new CheckReport(integration))];

            if (parsed.GetValue(json))
                context.Json(answer);
            else
                reports.ForEach(report => Print(context, report, heading: key is All));
            HealthLog.Append(context, reports);

            return reports.TrueForAll(report => report.Ok ?? key is All) ? ExitCodes.Done : ExitCodes.Partly;
        });

        return command;
    }

    private static Task<JsonElement> AskAsync(CliContext context, string key, CancellationToken ct) =>
        context.Api.PostAsync(key is All ? "/api/integrations/check" : $"/api/integrations/{Uri.EscapeDataString(key)}/check", null, ct);

    private static IReadOnlyList<JsonElement> Integrations(JsonElement answer) =>
        answer.TryGetProperty("integrations", out var all) ? [.. all.EnumerateArray()] : [answer];

    private static void Print(CliContext context, CheckReport report, bool heading)
    {
        if (heading)
            context.Line(report.Integration);
        foreach (var line in report.Lines)
            context.Line(heading ? $"  {line}" : line);
    }
}
