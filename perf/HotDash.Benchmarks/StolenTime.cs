using System.Globalization;

namespace HotDash.Benchmarks;

/// <summary>
/// How much processor time the host of a virtual machine gave to others since this was made. What is measured meanwhile says little of HotDash
/// when it is much. From Linux's <c>/proc/stat</c> (proc(5)); nothing is told elsewhere.
/// </summary>
internal sealed class StolenTime
{
    private const string Source = "/proc/stat";
    private const int Fields = 8; // user, nice, system, idle, iowait, irq, softirq, steal; what follows is counted in user and nice already

    private readonly long[] _before = Read();

    public void Tell(Report report)
    {
        var passed = Read().Zip(_before, (now, before) => now - before).ToArray();
        if (passed.Length is Fields && passed.Sum() is > 0 and var all)
            report.Figure("processor time that the host took for others", 100.0 * passed[^1] / all, "%");
    }

    private static long[] Read() => File.Exists(Source)
        ? [.. File.ReadLines(Source).First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(Fields).Select(ticks => long.Parse(ticks, CultureInfo.InvariantCulture))]
        : [];
}
