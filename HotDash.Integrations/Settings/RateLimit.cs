using System.Globalization;

namespace HotDash.Integrations;

/// <summary>So many requests per window, written in configuration as <c>100/2m</c> (units ms, s, m, h).</summary>
public sealed record RateLimit(int Requests, TimeSpan Window)
{
    /// <returns>Null when the text is no limit; zero requests or no time is none either.</returns>
    public static RateLimit? Parse(string text)
    {
        var parts = text.Trim().Split('/');

        return parts is [var count, var length]
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var requests)
            && requests > 0
            && Duration.TryParse(length, out var window)
                ? new RateLimit(requests, window)
                : null;
    }
}
