using System.Collections.Concurrent;
using System.Text;

namespace HotDash.TestKit;

/// <summary>
/// Everything that a run lets be seen, by where it does: spans and metrics by itself, and what the test hands over (log lines, exceptions,
/// answers, stored rows). What nobody may see is looked for in all of it.
/// </summary>
public sealed class Emitted : IDisposable
{
    private const int Around = 120;

    private readonly ConcurrentQueue<(string Place, string Text)> _seen = new();
    private readonly TelemetrySink _telemetry = new();

    public void Add(string place, object? seen) => _seen.Enqueue((place, $"{seen}"));

    /// <summary>Whether something was seen there at all: a search in nothing finds nothing.</summary>
    public bool Saw(string place) => All().Any(seen => seen.Place == place && seen.Text.Length > 0);

    /// <returns>Where one of the words stands, as it is or as a header, an address or a column of bytes would show it, with what is around it.</returns>
    public IReadOnlyList<string> Find(params IEnumerable<string> words) =>
    [
        .. from word in words.SelectMany(Forms)
           from seen in All()
           let at = seen.Text.IndexOf(word, StringComparison.OrdinalIgnoreCase)
           where at >= 0
           select $"{seen.Place}: {seen.Text[Math.Max(0, at - Around)..Math.Min(seen.Text.Length, at + Around)]}",
    ];

    public void Dispose() => _telemetry.Dispose();

    private static IEnumerable<string> Forms(string word) =>
        new[] { word, Uri.EscapeDataString(word), Convert.ToBase64String(Encoding.UTF8.GetBytes(word)).TrimEnd('='), Convert.ToHexString(Encoding.UTF8.GetBytes(word)) }
            .Distinct(StringComparer.Ordinal);

    private IEnumerable<(string Place, string Text)> All() => [.. _seen, ("span", _telemetry.Spans), ("metric", _telemetry.Metrics)];
}
