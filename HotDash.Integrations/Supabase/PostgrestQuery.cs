using System.Globalization;
using System.Text;

namespace HotDash.Integrations.Supabase;

/// <summary>A PostgREST address under construction. https://docs.postgrest.org/en/stable/references/api/tables_views.html</summary>
internal sealed class PostgrestQuery(string table)
{
    private readonly StringBuilder _address = new($"rest/v1/{table}");
    private char _separator = '?';

    public PostgrestQuery With(string name, string value)
    {
        _address.Append(_separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
        _separator = '&';
        return this;
    }

    public PostgrestQuery When(bool wanted, Func<PostgrestQuery, PostgrestQuery> more) => wanted ? more(this) : this;

    public override string ToString() => _address.ToString();

    /// <summary>A value inside <c>or=(…)</c>, where comma, dot, colon, quote and parentheses would otherwise end it.</summary>
    public static string Quote(string value) => $"\"{value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>
    /// A pattern for <c>ilike</c> that finds the text as it stands. PostgREST reads a star as a percent sign and knows no way
    /// to escape it, so a star finds any one character.
    /// </summary>
    public static string Containing(string text)
    {
        var escaped = text.Replace("\\", @"\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal)
            .Replace('*', '_');

        return $"%{escaped}%";
    }

    /// <summary>With the microseconds that Postgres keeps, so that a position meets its own row.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
