using System.Text.Json.Nodes;

using HotDash.Sandbox.Supabase.Query;
using HotDash.Sandbox.Supabase.Store;

namespace HotDash.Sandbox.Supabase.Requests;

/// <summary>How a write answers: rows if they were asked for, else nothing.</summary>
internal static class Written
{
    /// <summary>What would make the transaction roll back although every row is fine.</summary>
    public static void Check(HttpRequest request, TableQuery query, IReadOnlyList<Row> rows)
    {
        if (query.Preferences.Representation)
            Accepted.CheckRows(request, rows.Count);

        if (query.Preferences.MaxAffected is { } most && rows.Count > most)
        {
            throw new PostgrestException(
                400, "PGRST124", "Query result exceeds max-affected preference constraint", $"The query affects {rows.Count} rows");
        }
    }

    public static IResult Answer(HttpContext context, TableQuery query, IReadOnlyList<Row> rows, int empty, int full)
    {
        var total = query.Preferences.Counts ? rows.Count : (int?)null;
        context.Response.Headers.ContentRange = new RowWindow(0, rows.Count).ContentRange(full is 200 ? rows.Count : 0, total);
        query.Preferences.Echo(context.Response, "missing", "return", "resolution", "count", "handling", "max-affected");
        if (!query.Preferences.Representation)
            return Results.StatusCode(empty);

        JsonNode? body = Accepted.IsSingular(context.Request)
            ? query.Selection.Pick(rows[0])
            : new JsonArray([.. rows.Select(query.Selection.Pick)]);
        return Results.Text(body.ToJsonString(), Accepted.ContentType(context.Request), statusCode: full);
    }
}
