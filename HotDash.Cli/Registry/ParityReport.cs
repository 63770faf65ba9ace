using System.Text.Json;

namespace HotDash.Cli.Registry;

/// <summary><c>hotdash check shopify --parity</c>: what HotDash asks of a provider beside the provider's schema.</summary>
internal static class ParityReport
{
    public static async Task<int> RunAsync(CliContext context, string key, bool json, CancellationToken ct)
    {
        var report = await context.Api.GetAsync($"/api/integrations/{Uri.EscapeDataString(key)}/parity", ct);
        if (json)
            context.Json(report);
        else
            Print(context, key, report);

        return report.GetProperty("ok").GetBoolean() ? ExitCodes.Done : ExitCodes.Partly;
    }

    private static void Print(CliContext context, string key, JsonElement report)
    {
        foreach (var finding in report.GetProperty("findings").EnumerateArray())
            context.Line($"{Sign(finding.Text("kind"))} {finding.Text("kind")}: {finding.Text("what")} ({finding.Text("operation")}){(finding.TextOrNull("reason") is { } reason ? $": {reason}" : "")}");
        context.Line($"{(report.GetProperty("ok").GetBoolean() ? "✅" : "❌")} {key} {report.Text("version")}: {report.Text("operations")} operations, {report.Text("compared")} types, fields, arguments and values compared");
    }

    private static string Sign(string kind) => kind switch { "missing" => "❌", "deprecated" => "⚠️", _ => "➖" };
}
