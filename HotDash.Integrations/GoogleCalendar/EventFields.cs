using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HotDash.Integrations.GoogleCalendar;

/// <summary>The part of an event that we write and compare.</summary>
/// <param name="End">The first day, or moment, that is not part of it.</param>
public sealed record EventFields(string Title, string Description, EventTime? Start, EventTime? End, EventColor? Color)
{
    private const int Digits = 32;

    /// <summary>The same for what looks the same.</summary>
    public string Fingerprint() => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', Parts().Select(part => part.Value)))))[..Digits];

    /// <summary>The names of what is different: title, description, start, end, color.</summary>
    public IReadOnlyList<string> Differences(EventFields other) =>
        [.. Parts().Zip(other.Parts()).Where(pair => pair.First.Value != pair.Second.Value).Select(pair => pair.First.Name)];

    /// <summary>As text: calendars trim, and change line ends and zones.</summary>
    private (string Name, string? Value)[] Parts() =>
    [
        ("title", Title.Trim()), ("description", Description.ReplaceLineEndings("\n").Trim()),
        ("start", Start?.ToString()), ("end", End?.ToString()), ("color", Color?.ToString()),
    ];
}

/// <summary>A whole day or a moment: one of the two is null.</summary>
public sealed record EventTime(DateOnly? Day, DateTimeOffset? At)
{
    public static EventTime Of(DateOnly day) => new(day, null);

    public static EventTime Of(DateTimeOffset at) => new(null, at);

    public override string ToString() => Day is { } day
        ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : $"{At?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}";
}
