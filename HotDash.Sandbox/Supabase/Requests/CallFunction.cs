using System.Text.Json;
using System.Text.Json.Nodes;

using HotDash.Sandbox.Supabase.Query;
using HotDash.Sandbox.Supabase.Store;

namespace HotDash.Sandbox.Supabase.Requests;

/// <summary>
/// <c>/rpc/{function}</c>: <c>idea_pool_totals()</c> only reads, so GET may call it; <c>review_idea(idea, decision, by)</c>
/// writes, and complains in Postgres's way about an idea that is not there.
/// </summary>
internal static class CallFunction
{
    public static IResult Handle(HttpContext context, Database database, string function, JsonElement? body, SupabaseLedger ledger)
    {
        var reads = body is null;
        var arguments = reads
            ? context.Request.Query.Where(argument => argument.Key is not "apikey").ToDictionary(argument => argument.Key, argument => argument.Value.ToString(), StringComparer.Ordinal)
            : Arguments(body!.Value);

        JsonNode answer = (function, Names(arguments)) switch
        {
            ("idea_pool_totals", "") => Totals(database.Table("idea_pool")),
            ("review_idea", "by,decision,idea") when reads =>
                throw new PostgrestException(405, "25006", "cannot execute UPDATE in a read-only transaction"),
            ("review_idea", "by,decision,idea") => Review(context, database.Table("idea_pool"), arguments, ledger),
            _ => throw new PostgrestException(
                404, "PGRST202", $"Could not find the function public.{function}({Names(arguments)}) in the schema cache",
                $"Searched for the function public.{function} with parameters {Names(arguments)}, but no matches were found in the schema cache."),
        };
        return Results.Text(answer.ToJsonString(), Accepted.ContentType(context.Request));
    }

    private static Dictionary<string, string> Arguments(JsonElement body) => body.ValueKind is JsonValueKind.Object
        ? body.EnumerateObject().ToDictionary(argument => argument.Name, argument => argument.Value.ToString(), StringComparer.Ordinal)
        : throw PostgrestException.BadJson();

    private static string Names(Dictionary<string, string> arguments) => string.Join(',', arguments.Keys.Order(StringComparer.Ordinal));

    private static JsonObject Totals(Table ideas) =>
        new(Schema.Statuses.Select(status => KeyValuePair.Create(status, (JsonNode?)ideas.Rows.Count(row => (string?)row["status"] == status)))
            .Prepend(KeyValuePair.Create("total", (JsonNode?)ideas.Rows.Count)));

    private static JsonObject Review(HttpContext context, Table ideas, Dictionary<string, string> arguments, SupabaseLedger ledger)
    {
        var found = ideas.Rows.FirstOrDefault(row => (string?)row["id"] == arguments["idea"])
            ?? throw new PostgrestException(400, "P0001", $"no idea {arguments["idea"]}");
        var reviewed = ideas.Checked(found.With(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["status"] = arguments["decision"],
            ["reviewer"] = arguments["by"],
            ["updated_at"] = ledger.Now,
        }));

        ideas.Rows = [.. ideas.Rows.Select(row => row == found ? reviewed : row)];
        ledger.Note(context, "update", ideas, [reviewed]);
        return reviewed.ToJson();
    }
}
