using System.Text.Json.Nodes;

using HotDash.Sandbox.Supabase.Query;
using HotDash.Sandbox.Supabase.Store;

namespace HotDash.Sandbox.Supabase.Requests;

/// <summary>GET and HEAD on a table.</summary>
internal static class ReadRows
{
    public static IResult Handle(HttpContext context, Table table)
    {
        var query = new TableQuery(table, context.Request);
        var window = RowWindow.Read(context.Request);
        IReadOnlyList<Row> found = query.Sort([.. table.Rows.Where(query.Matches)]);
        Row[] sent = [.. found.Skip(window.Offset).Take(window.Limit)];
        var total = query.Preferences.Counts ? found.Count : (int?)null;
        Accepted.CheckRows(context.Request, sent.Length);
        var status = window.Status(sent.Length, total);

        context.Response.Headers.ContentRange = window.ContentRange(sent.Length, total);
        query.Preferences.Echo(context.Response, "count", "handling");
        JsonNode body = Accepted.IsSingular(context.Request)
            ? query.Selection.Pick(sent[0])
            : new JsonArray([.. sent.Select(query.Selection.Pick)]);
        return Results.Text(body.ToJsonString(), Accepted.ContentType(context.Request), statusCode: status);
    }
}
