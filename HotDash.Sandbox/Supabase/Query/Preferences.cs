using System.Globalization;

namespace HotDash.Sandbox.Supabase.Query;

/// <summary>The header <c>Prefer</c>. https://docs.postgrest.org/en/stable/references/api/preferences.html</summary>
internal sealed class Preferences
{
    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["return"] = ["minimal", "headers-only", "representation"],
        ["resolution"] = ["merge-duplicates", "ignore-duplicates"],
        ["count"] = ["exact", "planned", "estimated"],
        ["missing"] = ["default", "null"],
        ["handling"] = ["strict", "lenient"],
        ["tx"] = ["commit", "rollback"],
    };

    private readonly Dictionary<string, string> _asked = new(StringComparer.Ordinal);

    public Preferences(HttpRequest request)
    {
        var unknown = new List<string>();
        foreach (var part in request.Headers["Prefer"].SelectMany(line => line!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            if (part.Split('=') is [var name, var value] && IsKnown(name, value))
                _asked.TryAdd(name, value);
            else
                unknown.Add(part);
        }

        if (IsStrict && unknown.Count > 0)
        {
            throw new PostgrestException(
                400, "PGRST122", "Invalid preferences given with handling=strict", $"Invalid preferences: {string.Join(", ", unknown)}");
        }
    }

    public bool Representation => this["return"] is "representation";

    public bool HeadersOnly => this["return"] is "headers-only";

    public bool Counts => this["count"] is not null;

    public string? Resolution => this["resolution"];

    public bool MissingIsDefault => this["missing"] is "default";

    /// <summary>Holds only together with <c>handling=strict</c>.</summary>
    public int? MaxAffected => IsStrict && this["max-affected"] is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private bool IsStrict => this["handling"] is "strict";

    private string? this[string name] => _asked.GetValueOrDefault(name);

    /// <summary>Tells the caller which of the preferences counted. This server does not let callers end transactions.</summary>
    public void Echo(HttpResponse response, params ReadOnlySpan<string> relevant)
    {
        var applied = new List<string>();
        foreach (var name in relevant)
        {
            if (this[name] is { } value && (name is not "max-affected" || IsStrict))
                applied.Add($"{name}={value}");
        }

        if (applied.Count > 0)
            response.Headers["Preference-Applied"] = string.Join(", ", applied);
    }

    private static bool IsKnown(string name, string value) =>
        name is "max-affected" ? int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        : name is "timezone" || (Known.TryGetValue(name, out var values) && values.Contains(value, StringComparer.Ordinal));
}
