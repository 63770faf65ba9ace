using System.Globalization;
using System.Text.RegularExpressions;

namespace HotDash.Integrations;

/// <summary>So many requests per window, written as in configuration: <c>100/2m</c> (units ms, s, m, h).</summary>
public sealed partial record RateLimit(int Requests, TimeSpan Window)
{
    /// <returns>False when the text is no limit; a limit of zero requests or no time is none either.</returns>
    public static bool TryParse(string text, out RateLimit limit)
    {
        limit = new RateLimit(0, TimeSpan.Zero);
        if (Pattern().Match(text.Trim()) is not { Success: true } match
            || !int.TryParse(match.Groups["requests"].ValueSpan, CultureInfo.InvariantCulture, out var requests)
            || !int.TryParse(match.Groups["length"].ValueSpan, CultureInfo.InvariantCulture, out var length))
        {
            return false;
        }

        limit = new RateLimit(requests, match.Groups["unit"].Value switch
        {
            "ms" => TimeSpan.FromMilliseconds(length),
            "s" => TimeSpan.FromSeconds(length),
            "m" => TimeSpan.FromMinutes(length),
            _ => TimeSpan.FromHours(length),
        });
        return limit.Requests > 0 && limit.Window > TimeSpan.Zero;
    }

    [GeneratedRegex("^(?<requests>[0-9]{1,9})/(?<length>[0-9]{1,9})(?<unit>ms|s|m|h)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
