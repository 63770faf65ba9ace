using System.Text.Json;
using System.Text.Json.Nodes;

using HotDash.Sandbox.Ledger;
using HotDash.Sandbox.Supabase.Query;
using HotDash.Sandbox.Supabase.Requests;
using HotDash.Sandbox.Supabase.Store;

namespace HotDash.Sandbox.Supabase;

/// <summary>A Supabase project's Data API. https://docs.postgrest.org/en/stable/references/api.html</summary>
internal sealed class SupabaseProvider : IProvider
{
    private static readonly string[] TableMethods = ["GET", "HEAD", "POST", "PATCH", "DELETE"];
    private static readonly string[] FunctionMethods = ["GET", "HEAD", "POST"];

    private readonly Database _database;
    private readonly SupabaseGate _gate;
    private readonly SupabaseLedger _ledger;

    public SupabaseProvider(IConfiguration configuration, Ids ids, EffectLedger effects, TimeProvider clock)
    {
        _gate = new(configuration.Needed("SANDBOX_SUPABASE_SERVICE_KEY"));
        _ledger = new(effects, clock);
        _database = new(ids);
        _database.Seed();
    }

    public string Key => "supabase";

    public void Map(RouteGroupBuilder routes)
    {
        var api = routes.MapGroup("/rest/v1").AddEndpointFilter(PostgrestErrors.AnswerAsync).AddEndpointFilter(_gate.CheckAsync);

        api.MapMethods("/", ["GET", "HEAD"], () => Results.Json(OpenApi.Describe(_database.Tables)));
        api.MapMethods("/{table}", TableMethods, (string table, HttpContext context) => TableAsync(context, table));
        api.MapMethods("/rpc/{function}", FunctionMethods, (string function, HttpContext context) => FunctionAsync(context, function));
        api.MapFallback("/{**path}", (HttpContext context) => (IResult)(context.Request.Path.StartsWithSegments("/supabase/rest/v1/rpc", StringComparison.Ordinal)
            ? throw new PostgrestException(405, "PGRST101", "Cannot use this method on functions")
            : throw new PostgrestException(405, "PGRST117", $"Unsupported HTTP method: {context.Request.Method}")));
    }

    public void Reset() => _database.Seed();

    public IReadOnlyDictionary<string, string> ChangeSettings(JsonObject changes) =>
        changes.ToDictionary(change => change.Key, _ => "Supabase has no settings.", StringComparer.Ordinal);

    private async Task<IResult> TableAsync(HttpContext context, string name)
    {
        Accepted.Check(context.Request);
        var body = context.Request.Method is "POST" or "PATCH" ? await RowBody.ReadAsync(context.Request) : default;

        lock (_database.Gate)
        {
            var table = _database.Table(name);
            return context.Request.Method switch
            {
                "POST" => InsertRows.Handle(context, table, body, _ledger),
                "PATCH" => ChangeRows.Update(context, table, body, _ledger),
                "DELETE" => ChangeRows.Delete(context, table, _ledger),
                _ => ReadRows.Handle(context, table),
            };
        }
    }

    private async Task<IResult> FunctionAsync(HttpContext context, string function)
    {
        Accepted.Check(context.Request);
        var body = context.Request.Method is "POST" ? await RowBody.ReadAsync(context.Request) : (JsonElement?)null;

        lock (_database.Gate)
            return CallFunction.Handle(context, _database, function, body, _ledger);
    }
}
