using System.Diagnostics;
using System.Globalization;

namespace HotDash.Benchmarks.Startup;

/// <summary>
/// Who descends from one start, also when its parents are gone: whoever inherited our mark in its environment, or works in our
/// folder (PostgreSQL's workers write over their environment to change their title).
/// </summary>
internal sealed class ProcessFamily(string folder)
{
    private const string Variable = "HOTDASH_BENCHMARK_RUN";

    private readonly string _mark = Guid.CreateVersion7().ToString("N");

    public void Mark(IDictionary<string, string?> environment) => environment[Variable] = _mark;

    public IReadOnlyList<Process> Members() =>
        [.. Directory.EnumerateDirectories("/proc").Where(IsMember).Select(TryOpen).OfType<Process>()];

    private static Process? TryOpen(string proc)
    {
        try
        {
            return Process.GetProcessById(int.Parse(Path.GetFileName(proc), CultureInfo.InvariantCulture));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private bool IsMember(string proc)
    {
        if (!int.TryParse(Path.GetFileName(proc), CultureInfo.InvariantCulture, out var pid) || pid == Environment.ProcessId)
        {
            return false;
        }

        try
        {
            return File.ReadAllText(Path.Combine(proc, "environ")).Contains($"{Variable}={_mark}", StringComparison.Ordinal) ||
                   new FileInfo(Path.Combine(proc, "cwd")).LinkTarget?.StartsWith(folder, StringComparison.Ordinal) == true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone meanwhile, a zombie, or somebody else's.
            return false;
        }
    }
}
