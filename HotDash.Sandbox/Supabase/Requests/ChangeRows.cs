using System.Text.Json;

using HotDash.Sandbox.Supabase.Query;
using HotDash.Sandbox.Supabase.Store;

namespace HotDash.Sandbox.Supabase.Requests;

/// <summary>PATCH and DELETE on a table. No such row is no error: nothing was changed.</summary>
internal static class ChangeRows
{
    public static IResult Update(HttpContext context, Table table, JsonElement body, SupabaseLedger ledger)
    {
        var query = Filtered(context, table, "UPDATE");
        var changes = RowBody.Rows(table, body, context.Request.Query["columns"], missingIsDefault: false) is [var only]
            ? only
            : throw PostgrestException.BadJson();

        var changed = new List<Row>();
        IReadOnlyList<Row> rows = [.. table.Rows.Select(row => query.Matches(row) ? Keep(changed, table.Checked(row.With(changes))) : row)];
        if (rows.GroupBy(row => row.Key(table.Key), StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { } twins)
            throw table.Duplicate(twins.First());

        return Commit(context, table, query, rows, changed, "update", ledger);
    }

    public static IResult Delete(HttpContext context, Table table, SupabaseLedger ledger)
    {
        var query = Filtered(context, table, "DELETE");
        var gone = table.Rows.Where(query.Matches).ToList();

        return Commit(context, table, query, [.. table.Rows.Where(row => !query.Matches(row))], gone, "delete", ledger);
    }

    private static IResult Commit(
        HttpContext context, Table table, TableQuery query, IReadOnlyList<Row> rows, List<Row> touched, string operation, SupabaseLedger ledger)
    {
        Written.Check(context.Request, query, touched);
        table.Rows = rows;
        if (touched.Count > 0)
            ledger.Note(context, operation, table, touched);

        return Written.Answer(context, query, touched, empty: StatusCodes.Status204NoContent, full: StatusCodes.Status200OK);
    }

    /// <summary>Supabase keeps callers from changing a whole table by mistake.</summary>
    private static TableQuery Filtered(HttpContext context, Table table, string verb)
    {
        var query = new TableQuery(table, context.Request);

        return query.IsFiltered ? query : throw new PostgrestException(400, "21000", $"{verb} requires a WHERE clause");
    }

    private static Row Keep(List<Row> kept, Row row)
    {
        kept.Add(row);
        return row;
    }
}
