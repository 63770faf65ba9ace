using System.Globalization;

namespace HotDash.Sandbox;

/// <summary>Reads the sandbox's settings; what is missing or malformed stops the start with its name.</summary>
internal static class Configured
{
    public static string Needed(this IConfiguration configuration, string name) =>
        configuration[name] is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException($"{name} is not set: the sandbox needs it to know its callers.");

    public static TimeSpan Duration(this IConfiguration configuration, string name, string otherwise) =>
        ParseDuration(configuration[name] ?? otherwise)
        ?? throw new InvalidOperationException($"{name} must be a time such as 500ms, 10s or 2m.");

    /// <summary>The one setting that also sets HotDash's own budget: requests per time, such as <c>100/2m</c>.</summary>
    public static (int Requests, TimeSpan Window) Limit(this IConfiguration configuration, string key, string otherwise)
    {
        var name = $"Integrations:Limits:{key}";
        var parts = (configuration[name] is { Length: > 0 } text ? text : otherwise).Trim().Split('/');

        return parts is [var count, var length]
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var requests)
            && requests > 0
            && ParseDuration(length) is { Ticks: > 0 } window
                ? (requests, window)
                : throw new InvalidOperationException($"{name} must be requests per time, such as 100/2m.");
    }

    /// <returns>Null when the text is no duration.</returns>
    public static TimeSpan? ParseDuration(string text)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        if (!int.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            return null;

        return text[digits..] switch
        {
            "ms" => TimeSpan.FromMilliseconds(length),
            "s" => TimeSpan.FromSeconds(length),
            "m" => TimeSpan.FromMinutes(length),
            "h" => TimeSpan.FromHours(length),
            _ => null,
        };
    }

    public static string Write(TimeSpan duration) => string.Create(CultureInfo.InvariantCulture, $"{(long)duration.TotalMilliseconds}ms");
}
