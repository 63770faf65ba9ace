using System.Text.Json.Nodes;

namespace HotDash.Sandbox.Supabase.Store;

/// <summary>A row; it is never changed, only replaced, so a reader may keep it.</summary>
internal sealed class Row(IReadOnlyDictionary<string, object?> values)
{
    public object? this[string column] => values[column];

    public Row With(IReadOnlyDictionary<string, object?> changes) =>
        new(values.ToDictionary(value => value.Key, value => changes.TryGetValue(value.Key, out var changed) ? changed : value.Value, StringComparer.Ordinal));

    public JsonObject ToJson() => new(values.Select(value => KeyValuePair.Create(value.Key, Column.Write(value.Value))));

    /// <returns>The values of the columns as one text, for keys.</returns>
    public string Key(IEnumerable<string> columns) => string.Join(", ", columns.Select(column => $"{values[column]}"));
}
