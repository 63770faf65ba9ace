using System.Text;

namespace HotDash.EndToEnd.Tests.Harness;

/// <summary>Finds every process that descends from one, however it was detached: all inherit one variable of its environment.</summary>
internal static class Relatives
{
    public const string Variable = "HOTDASH_TEST_RUN";

    /// <summary>The command lines of those that still run.</summary>
    public static IReadOnlyList<string> Of(string run) =>
        [.. Directory.EnumerateDirectories("/proc").Where(process => Belongs(process, run)).Select(Describe)];

    private static bool Belongs(string process, string run) =>
        Path.GetFileName(process).All(char.IsAsciiDigit) && Read(process, "environ").Split('\0').Contains($"{Variable}={run}", StringComparer.Ordinal);

    private static string Describe(string process) => $"{Path.GetFileName(process)} {Read(process, "cmdline").Replace('\0', ' ')}";

    /// <summary>A process may end, or belong to somebody else, while it is looked at.</summary>
    private static string Read(string process, string file)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(process, file)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
