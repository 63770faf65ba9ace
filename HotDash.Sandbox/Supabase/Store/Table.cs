namespace HotDash.Sandbox.Supabase.Store;

/// <summary>A table: columns, its one unique key, and its rows. Writers replace the list of rows as a whole, or not at all.</summary>
internal sealed class Table(string name, string[] key, params Column[] columns)
{
    public string Name { get; } = name;

    public IReadOnlyList<string> Key { get; } = key;

    public IReadOnlyList<Column> Columns { get; } = columns;

    public IReadOnlyList<Row> Rows { get; set; } = [];

    /// <summary>The column, or the error that Postgres gives inside a query.</summary>
    public Column Column(string column) =>
        Columns.FirstOrDefault(known => known.Name == column) ?? throw PostgrestException.NoColumn(Name, column);

    /// <summary>The column, or the error that PostgREST gives before it asks Postgres.</summary>
    public Column CachedColumn(string column) => Columns.FirstOrDefault(known => known.Name == column)
        ?? throw new PostgrestException(400, "PGRST204", $"Could not find the '{column}' column of '{Name}' in the schema cache");

    public Row New(IReadOnlyDictionary<string, object?> given, DateTimeOffset now) => Checked(new(Columns.ToDictionary(
        column => column.Name,
        column => given.TryGetValue(column.Name, out var value) ? value : column.Default?.Invoke(now),
        StringComparer.Ordinal)));

    public Row Checked(Row row)
    {
        foreach (var column in Columns)
        {
            if (row[column.Name] is null && column.Required)
            {
                throw new PostgrestException(
                    400, "23502", $"null value in column \"{column.Name}\" of relation \"{Name}\" violates not-null constraint",
                    $"Failing row contains ({row.Key(Columns.Select(each => each.Name))}).");
            }

            if (row[column.Name] is string text && column.OneOf?.Contains(text, StringComparer.Ordinal) is false)
            {
                throw new PostgrestException(
                    400, "23514", $"new row for relation \"{Name}\" violates check constraint \"{Name}_{column.Name}_check\"",
                    $"Failing row contains ({row.Key(Columns.Select(each => each.Name))}).");
            }
        }

        return row;
    }

    public PostgrestException Duplicate(Row row) => new(
        409, "23505", $"duplicate key value violates unique constraint \"{Name}_pkey\"",
        $"Key ({string.Join(", ", Key)})=({row.Key(Key)}) already exists.");
}
