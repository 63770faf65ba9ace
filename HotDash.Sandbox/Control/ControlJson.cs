using System.Text.Json;
using System.Text.Json.Serialization;

namespace HotDash.Sandbox.Control;

/// <summary>Reads the bodies of control requests, and says which field is wrong.</summary>
internal static class ControlJson
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    public static async Task<(T? Value, IResult? Refusal)> ReadAsync<T>(HttpRequest request, CancellationToken ct)
        where T : class
    {
        try
        {
            var value = await JsonSerializer.DeserializeAsync<T>(request.Body, Strict, ct);
            return value is null || value is System.Collections.IEnumerable items && items.Cast<object?>().Contains(null) ? (null, Refuse("$", "A body without nulls is needed.")) : (value, null);
        }
        catch (JsonException e)
        {
            return (null, Refuse(e.Path ?? "$", e.Path is null or "$" ? $"Not the JSON that is expected here: {e.Message}" : "Unknown, or not of the right kind."));
        }
    }

    private static IResult Refuse(string field, string why) =>
        Problem.Invalid(new Dictionary<string, string>(StringComparer.Ordinal) { [field is "$" ? "body" : field.TrimStart('$', '.')] = why });
}
