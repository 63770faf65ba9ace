using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HotDash.ControlPlane.Reads;

/// <summary>Positions as text that callers hand back unread.</summary>
internal static class OpaqueCursor
{
    private static readonly JsonSerializerOptions Json = new()
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Safe in a URL.</summary>
    public static string Write<T>(T position) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(position, Json));

    /// <returns>Null when the text was not written by <see cref="Write"/>. Nothing in it holds U+0000, which the store refuses.</returns>
    public static T? TryRead<T>(string text) where T : class
    {
        try
        {
            var json = Base64Url.DecodeFromChars(text);
            return Encoding.UTF8.GetString(json).Contains("\\u0000", StringComparison.Ordinal) ? null : JsonSerializer.Deserialize<T>(json, Json);
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }
}
