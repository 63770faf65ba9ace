namespace HotDash.Sandbox.Supabase.Store;

/// <summary>The merchant's project: four tables, seeded alike in every run. One request at a time, as one transaction.</summary>
internal sealed class Database(Ids ids)
{
    private readonly Dictionary<string, Table> _tables = Schema.Tables().ToDictionary(table => table.Name, StringComparer.Ordinal);

    public Lock Gate { get; } = new();

    public IReadOnlyCollection<Table> Tables => _tables.Values;

    public Table Table(string name) => _tables.TryGetValue(name, out var table) ? table : throw PostgrestException.NoTable(name);

    public void Seed()
    {
        lock (Gate)
        {
            Table("idea_pool").Rows = SeedRows.Ideas(Table("idea_pool"), ids);
            Table("experiments").Rows = SeedRows.Experiments(Table("experiments"), ids);
            Table("social_receipts").Rows = [];
            Table("approval_grades").Rows = [];
        }
    }
}
