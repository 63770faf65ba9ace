using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HotDash.ControlPlane.Reads;

/// <summary>Where a page ended: as text, which callers hand back unread, for the page after it.</summary>
public abstract record Cursor
{
    private static readonly JsonSerializerOptions Json = new()
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Whether there can be such a position.</summary>
    protected virtual bool IsPossible => true;

    /// <summary>Safe in a URL.</summary>
    public sealed override string ToString() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this, GetType(), Json));

    /// <returns>Null when the text was not given out by <see cref="ToString"/>. Nothing in it holds U+0000, which the store refuses.</returns>
    public static T? TryParse<T>(string text) where T : Cursor
    {
        try
        {
            var json = Base64Url.DecodeFromChars(text);
            if (Encoding.UTF8.GetString(json).Contains("\\u0000", StringComparison.Ordinal))
                return null;

            return JsonSerializer.Deserialize<T>(json, Json) is { IsPossible: true } cursor ? cursor : null;
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }
}
