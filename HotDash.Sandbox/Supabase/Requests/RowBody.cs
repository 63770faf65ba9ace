using System.Text.Json;

using HotDash.Sandbox.Supabase.Query;
using HotDash.Sandbox.Supabase.Store;

namespace HotDash.Sandbox.Supabase.Requests;

/// <summary>The rows that a caller sends: an object, or a list of objects with the same keys.</summary>
internal static class RowBody
{
    // Not bound to the request's cancellation: what has arrived is done, whether or not the caller still waits.
    public static async Task<JsonElement> ReadAsync(HttpRequest request)
    {
        if (!request.HasJsonContentType())
            throw new PostgrestException(415, "PGRST102", $"Content-Type not acceptable: {request.ContentType ?? "none"}");

        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw PostgrestException.BadJson();
        }
    }

    /// <param name="columns">The parameter <c>columns</c>, which says what is taken from objects that differ.</param>
    /// <param name="missingIsDefault">Whether a listed column that an object lacks gets its default, or null.</param>
    public static List<Dictionary<string, object?>> Rows(Table table, JsonElement body, string? columns, bool missingIsDefault)
    {
        JsonElement[] objects = body.ValueKind is JsonValueKind.Array ? [.. body.EnumerateArray()] : [body];
        if (objects.Any(row => row.ValueKind is not JsonValueKind.Object))
            throw PostgrestException.BadJson();

        var names = columns is null ? null : ColumnNames.Read(columns);
        if (names is null && objects.Select(Keys).Distinct(StringComparer.Ordinal).Count() > 1)
            throw new PostgrestException(400, "PGRST102", "All object keys must match");

        return [.. objects.Select(row => names is null ? Given(table, row) : Listed(table, row, names, missingIsDefault))];
    }

    private static Dictionary<string, object?> Given(Table table, JsonElement row) => row.EnumerateObject()
        .ToDictionary(member => member.Name, member => table.CachedColumn(member.Name).Read(member.Value), StringComparer.Ordinal);

    private static Dictionary<string, object?> Listed(Table table, JsonElement row, string[] names, bool missingIsDefault) => names
        .Where(name => !missingIsDefault || row.TryGetProperty(name, out _))
        .ToDictionary(
            name => name,
            name => table.CachedColumn(name) is var column && row.TryGetProperty(name, out var value) ? column.Read(value) : null,
            StringComparer.Ordinal);

    private static string Keys(JsonElement row) =>
        string.Join(',', row.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
}
