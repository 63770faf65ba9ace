using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace HotDash.Cli.Registry;

/// <summary><c>artifacts/integrations/&lt;date&gt;/&lt;integration&gt;_health.jsonl</c>: a line for each run and integration, of the UTC day.</summary>
internal static class HealthLog
{
    private static readonly JsonSerializerOptions OneLine = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Append(CliContext context, IEnumerable<CheckReport> reports)
    {
        var now = context.Clock.GetUtcNow();
        var folder = Path.Combine(context.Folder, "artifacts", "integrations", now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var report in reports)
                File.AppendAllText(Path.Combine(folder, $"{FileName(report.Integration)}_health.jsonl"), $"{Line(report, now)}\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Failed, $"The result cannot be written to {folder}: {e.Message}");
        }
    }

    private static string Line(CheckReport report, DateTimeOffset now) => JsonSerializer.Serialize(
        new
        {
            At = now,
            report.Integration,
            report.Ok,
            report.Status,
            Reason = report.Answer.TextOrNull("reason"),
            ToDo = report.Answer.TextOrNull("toDo"),
            report.Probes,
        },
        OneLine);

    /// <summary>The name comes from outside.</summary>
    private static string FileName(string integration) => string.Concat(integration.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-'));
}
