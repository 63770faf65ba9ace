using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Supabase.Store;

internal enum ColumnType { Text, Numeric, Timestamp }

/// <summary>A column: its type, what it takes, and what it gets when nobody says.</summary>
internal sealed record Column(string Name, ColumnType Type, bool Required = false, string[]? OneOf = null, Func<DateTimeOffset, object?>? Default = null)
{
    /// <summary>What an SQL client would make of the text. Values are held as string, decimal or DateTimeOffset.</summary>
    public object Parse(string text) => Type switch
    {
        ColumnType.Numeric => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new PostgrestException(400, "22P02", $"invalid input syntax for type numeric: \"{text}\""),
        ColumnType.Timestamp => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUniversalTime()
            : throw new PostgrestException(400, "22007", $"invalid input syntax for type timestamp with time zone: \"{text}\""),
        _ => text,
    };

    public object? Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => Parse(value.GetString()!),
        _ => Parse(value.GetRawText()),
    };

    public static JsonNode? Write(object? value) => value switch
    {
        null => null,
        decimal number => JsonValue.Create(number),
        DateTimeOffset time => JsonValue.Create(time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFzzz", CultureInfo.InvariantCulture)),
        _ => JsonValue.Create((string)value),
    };
}
