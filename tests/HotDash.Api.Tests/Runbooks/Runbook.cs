using System.Text.RegularExpressions;

namespace HotDash.Api.Tests.Runbooks;

/// <summary>A command of a runbook, or what happens outside meanwhile, and what the runbook promises of it.</summary>
/// <param name="Outside">Of the sandbox: <c>break publer</c>, <c>mend</c>.</param>
internal sealed record RunbookStep(string? Command, string? Outside, IReadOnlyList<string> Promised);

/// <summary>Reads the blocks of a runbook that show a console: <c>$ hotdash …</c> and what it prints. A line <c>…</c> stands for any number of lines.</summary>
internal static partial class Runbook
{
    private const int Patience = 60_000; // ms

    public static IEnumerable<RunbookStep> Read(string path)
    {
        RunbookStep? step = null;
        var inside = false;
        foreach (var line in File.ReadLines(path))
        {
            if (!inside && Outside().Match(line) is { Success: true } outside)
                yield return new(null, outside.Groups["what"].Value, []);

            if (line.StartsWith("```", StringComparison.Ordinal) || (inside && line.StartsWith("$ ", StringComparison.Ordinal)))
            {
                if (step is not null)
                    yield return step;

                step = inside && line.StartsWith("$ ", StringComparison.Ordinal) ? new(line[2..], null, []) : null;
                inside = line is "```console" || (inside && step is not null);
                continue;
            }

            step = step is not null ? step with { Promised = [.. step.Promised, line] } : inside ? throw new InvalidOperationException($"{path}: '{line}' follows no command.") : null;
        }
    }

    /// <summary>As people split a command line: quotes keep words together.</summary>
    public static string[] Words(string command) => [.. Word().Matches(command).Select(word => word.Value.Trim('"'))];

    /// <summary>What differs from run to run, and how wide columns are, is no promise.</summary>
    public static string[] Masked(IEnumerable<string> lines) =>
    [
        .. lines.Select(line => Spaces().Replace(Volatile().Replace(line, "*"), " ").Trim()).Where(line => line is not "" && !line.StartsWith('─')),
    ];

    public static bool Keeps(string[] promised, string[] printed) => (promised, printed) switch
    {
        ([], []) => true,
        (["…", .. var rest], _) => Enumerable.Range(0, printed.Length + 1).Any(skipped => Keeps(rest, printed[skipped..])),
        ([var first, .. var rest], [var line, .. var further]) => first == line && Keeps(rest, further),
        _ => false,
    };

    [GeneratedRegex("<!-- sandbox: (?<what>.+) -->", RegexOptions.None, Patience)]
    private static partial Regex Outside();

    [GeneratedRegex("""(?:[^\s"]|"[^"]*")+""", RegexOptions.None, Patience)]
    private static partial Regex Word();

    [GeneratedRegex(
        @"\w+ [0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|mock-job-\d+-[0-9a-f]{8}|version \d+|[0-9.]+ s\b|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", RegexOptions.None, Patience)]
    private static partial Regex Volatile();

    [GeneratedRegex(@"\s+", RegexOptions.None, Patience)]
    private static partial Regex Spaces();
}
