using System.Globalization;
using System.Text.RegularExpressions;

namespace HotDash.Integrations;

/// <summary>A length of time as configuration writes it: <c>500ms</c>, <c>10s</c>, <c>2m</c>, <c>1h</c>.</summary>
internal static partial class Duration
{
    /// <returns>False when the text is no duration, or none at all (<c>0s</c>).</returns>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (Pattern().Match(text) is not { Success: true } match)
            return false;

        var length = int.Parse(match.Groups["length"].ValueSpan, CultureInfo.InvariantCulture);
        duration = match.Groups["unit"].Value switch
        {
            "ms" => TimeSpan.FromMilliseconds(length),
            "s" => TimeSpan.FromSeconds(length),
            "m" => TimeSpan.FromMinutes(length),
            _ => TimeSpan.FromHours(length),
        };
        return duration > TimeSpan.Zero;
    }

    [GeneratedRegex("^(?<length>[0-9]{1,9})(?<unit>ms|s|m|h)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
