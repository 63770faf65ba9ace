using HotDash.Sandbox.Supabase.Store;

namespace HotDash.Sandbox.Supabase.Query;

/// <summary>The parameters of a request on a table, understood.</summary>
internal sealed class TableQuery
{
    private static readonly string[] Reserved = ["select", "order", "limit", "offset", "columns", "on_conflict", "apikey"];
    private static readonly string[] Logic = ["or", "and", "not.or", "not.and"];

    private readonly Table _table;
    private readonly string? _order;
    private readonly Condition.All _filter;

    public TableQuery(Table table, HttpRequest request)
    {
        _table = table;
        _order = request.Query["order"];
        Selection = new(table, request.Query["select"]);
        Preferences = new(request);
        _filter = new([.. request.Query.Where(parameter => !Reserved.Contains(parameter.Key, StringComparer.Ordinal))
            .SelectMany(parameter => parameter.Value.Select(value => Parse(parameter.Key, value!)))]);
    }

    public Selection Selection { get; }

    public Preferences Preferences { get; }

    public bool IsFiltered => _filter.Parts.Count > 0;

    public bool Matches(Row row) => _filter.Test(row) is true;

    public IReadOnlyList<Row> Sort(IReadOnlyList<Row> rows) => Ordering.Sort(_table, _order, rows);

    private Condition Parse(string name, string value) => Logic.Contains(name, StringComparer.Ordinal)
        ? FilterParser.Logic(_table, name, value)
        : FilterParser.Column(_table, name, value);
}
