using System.Text.Json;

using HotDash.Sandbox.Supabase.Query;
using HotDash.Sandbox.Supabase.Store;

namespace HotDash.Sandbox.Supabase.Requests;

/// <summary>POST on a table: an insert, or with a resolution an upsert.</summary>
internal static class InsertRows
{
    public static IResult Handle(HttpContext context, Table table, JsonElement body, SupabaseLedger ledger)
    {
        var query = new TableQuery(table, context.Request);
        var given = RowBody.Rows(table, body, context.Request.Query["columns"], query.Preferences.MissingIsDefault);
        if (context.Request.Query["on_conflict"] is [{ } target] && !table.Key.ToHashSet(StringComparer.Ordinal).SetEquals(ColumnNames.Read(target)))
            throw new PostgrestException(400, "42P10", "there is no unique or exclusion constraint matching the ON CONFLICT specification");

        var rows = table.Rows.ToList();
        var (written, inserted) = Write(table, rows, given, query.Preferences.Resolution, ledger.Now);
        Written.Check(context.Request, query, written);
        table.Rows = rows;

        ledger.Note(context, query.Preferences.Resolution is null ? "insert" : "upsert", table, written);
        if (query.Preferences.HeadersOnly && written is [var only])
            context.Response.Headers.Location = $"/{table.Name}?{string.Join('&', table.Key.Select(column => $"{column}=eq.{Uri.EscapeDataString($"{only[column]}")}"))}";

        var status = inserted > 0 || query.Preferences.Resolution is null ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        return Written.Answer(context, query, written, empty: status, full: status);
    }

    private static (List<Row> Written, int Inserted) Write(
        Table table, List<Row> rows, List<Dictionary<string, object?>> given, string? resolution, DateTimeOffset now)
    {
        var places = rows.Select((row, place) => (Key: row.Key(table.Key), place)).ToDictionary(row => row.Key, row => row.place, StringComparer.Ordinal);
        var written = new Dictionary<string, Row>(StringComparer.Ordinal);
        var inserted = 0;
        foreach (var values in given)
        {
            var row = table.New(values, now);
            var key = row.Key(table.Key);
            if (!places.TryGetValue(key, out var place))
            {
                places[key] = rows.Count;
                rows.Add(written[key] = row);
                inserted++;
            }
            else if (resolution is "merge-duplicates")
            {
                if (written.ContainsKey(key))
                    throw new PostgrestException(500, "21000", "ON CONFLICT DO UPDATE command cannot affect row a second time");

                rows[place] = written[key] = table.Checked(rows[place].With(values));
            }
            else if (resolution is null)
            {
                throw table.Duplicate(row);
            }
        }

        return ([.. written.Values], inserted);
    }
}
