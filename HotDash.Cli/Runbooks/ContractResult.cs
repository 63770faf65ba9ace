using System.Globalization;
using System.Text.Json;

namespace HotDash.Cli.Runbooks;

/// <summary>What the contract suite said of an integration when it last ran in this folder: <c>artifacts/integrations/&lt;integration&gt;_contract.json</c>.</summary>
internal static class ContractResult
{
    public static Step Of(CliContext context, string key)
    {
        var path = Path.Combine(context.Folder, "artifacts", "integrations", $"{key}_contract.json");
        if (!File.Exists(path))
            return Step.NotAsked("The contract suite has no result here: dotnet test --project tests/HotDash.Integrations.Tests");

        try
        {
            var result = JsonDocument.Parse(File.ReadAllBytes(path)).RootElement;
            var (passed, failed) = (result.Number("passed"), result.Number("failed"));
            var days = (context.Clock.GetUtcNow() - result.GetProperty("at").GetDateTimeOffset()).TotalDays;
            return Step.Of(
                failed is 0 && passed > 0,
                string.Create(CultureInfo.InvariantCulture, $"The contract suite passed: {passed} tests, {Math.Max(0, Math.Floor(days))} days ago"),
                $"The contract suite failed: {failed} tests", "Run it, and mend what it says, before a customer finds it.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or IOException)
        {
            return Step.Failed($"{path} cannot be read", "Run the contract suite again.");
        }
    }
}
