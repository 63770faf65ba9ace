using HotDash.Sandbox.Supabase.Store;

namespace HotDash.Sandbox.Supabase.Query;

/// <summary><c>order=created_at.desc.nullslast,id</c></summary>
internal static class Ordering
{
    public static IReadOnlyList<Row> Sort(Table table, string? order, IReadOnlyList<Row> rows)
    {
        if (string.IsNullOrEmpty(order))
            return rows;

        // From the last term to the first: each stable sort keeps what the ones before it have done.
        return order.Split(',').Reverse().Aggregate(rows, (sorted, term) => [.. sorted.Order(Term(table, order, term))]);
    }

    private static Comparer<Row> Term(Table table, string order, string term)
    {
        var parts = term.Split('.');
        var column = table.Column(parts[0]).Name;
        var options = parts[1..];
        if (options.Any(option => option is not ("asc" or "desc" or "nullsfirst" or "nullslast")))
            throw PostgrestException.BadQuery("order", order);

        var down = options.Contains("desc", StringComparer.Ordinal);
        var nullsFirst = options.Contains("nullsfirst", StringComparer.Ordinal) || (down && !options.Contains("nullslast", StringComparer.Ordinal));
        return Comparer<Row>.Create((left, right) => (left[column], right[column]) switch
        {
            (null, null) => 0,
            (null, _) => nullsFirst ? -1 : 1,
            (_, null) => nullsFirst ? 1 : -1,
            ({ } a, { } b) => down ? Values.Compare(b, a) : Values.Compare(a, b),
        });
    }
}
