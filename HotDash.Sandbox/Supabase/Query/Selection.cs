using System.Text.Json.Nodes;

using HotDash.Sandbox.Supabase.Store;

namespace HotDash.Sandbox.Supabase.Query;

/// <summary><c>select=id,name:title,*</c></summary>
internal sealed class Selection
{
    private readonly List<(string Name, string Column)> _columns;

    public Selection(Table table, string? select) => _columns =
        [.. (string.IsNullOrEmpty(select) ? "*" : select).Split(',').SelectMany(part => Parse(table, select!, part.Trim()))];

    public JsonObject Pick(Row row) => new(_columns.Select(column => KeyValuePair.Create(column.Name, Column.Write(row[column.Column]))));

    private static IEnumerable<(string Name, string Column)> Parse(Table table, string select, string part)
    {
        if (part is "*")
            return table.Columns.Select(column => (column.Name, column.Name));

        if (part.Contains("()", StringComparison.Ordinal))
            throw new PostgrestException(400, "PGRST123", "Use of aggregate functions is not allowed");

        if (part.Contains('('))
        {
            throw new PostgrestException(400, "PGRST200",
                $"Could not find a relationship between '{table.Name}' and '{part[..part.IndexOf('(', StringComparison.Ordinal)]}' in the schema cache");
        }

        return ColumnNames.Read(part, ':') switch
        {
            [var name] => [(name, table.Column(name).Name)],
            [var alias, var name] => [(alias, table.Column(name).Name)],
            _ => throw PostgrestException.BadQuery("select parameter", select),
        };
    }
}
