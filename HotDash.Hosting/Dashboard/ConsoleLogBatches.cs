using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Wire;

namespace Aspire.Hosting.Dashboard;

/// <summary>Cuts log lines into messages: the dashboard takes 16 MB, and a character may need three bytes.</summary>
internal static class ConsoleLogBatches
{
    public const int MaxCharacters = 1_000_000;

    public static IEnumerable<WatchResourceConsoleLogsUpdate> Split(IEnumerable<LogLine> lines)
    {
        var update = new WatchResourceConsoleLogsUpdate();
        var characters = 0;
        foreach (var line in lines)
        {
            var text = Shorten(line.Content);
            if (characters + text.Length > MaxCharacters && characters > 0)
            {
                yield return update;
                (update, characters) = (new(), 0);
            }

            update.LogLines.Add(new ConsoleLogLine { Text = text, IsStdErr = line.IsErrorMessage, LineNumber = line.LineNumber });
            characters += text.Length;
        }

        if (update.LogLines.Count > 0)
            yield return update;
    }

    private static string Shorten(string line) => line.Length <= MaxCharacters
        ? line
        : $"{line.AsSpan(0, MaxCharacters)} … ({line.Length - MaxCharacters} more characters)";
}
