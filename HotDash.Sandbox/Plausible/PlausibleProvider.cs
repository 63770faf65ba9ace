using System.Text.Json.Nodes;
using HotDash.Sandbox.Ledger;

namespace HotDash.Sandbox.Plausible;

/// <summary>Plausible's Stats API with one site. https://plausible.io/docs/stats-api</summary>
internal sealed class PlausibleProvider(IConfiguration configuration, ShopVisits visits, TimeProvider clock) : IProvider
{
    private readonly string? _key = configuration["SANDBOX_PLAUSIBLE_API_KEY"];
    private readonly string _site = configuration["SANDBOX_PLAUSIBLE_SITE_ID"] ?? "shop.example";
    private readonly FixedWindow _limit = new(configuration.Limit("plausible", "600/1h"), clock);

    public string Key => "plausible";

    public void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/api/v2/query", (Delegate)AnswerAsync);
        routes.MapGet("/api/health", () => Results.Json(new { clickhouse = "ok", postgres = "ok", sites_cache = "ok" }));
    }

    public void Reset() => _limit.Reset();

    public IReadOnlyDictionary<string, string> ChangeSettings(JsonObject changes) =>
        changes.ToDictionary(change => change.Key, _ => "Plausible has no settings.", StringComparer.Ordinal);

    private async Task<IResult> AnswerAsync(HttpContext context)
    {
        if (string.IsNullOrEmpty(_key) || context.Request.Headers.Authorization != $"Bearer {_key}")
            return Refuse(context, 401, "Invalid API key. Please make sure you're using a valid API key with access to the resource you've requested.");
        if (!_limit.TryTake(1))
            return Refuse(context, 429, "Too many API requests. Your API key is limited to 600 requests per hour.");

        var (query, why) = await PlausibleQuery.ReadAsync(context.Request);
        if (query is null)
            return Refuse(context, 400, why);

        return query.SiteId == _site
            ? Results.Json(query.Answer(visits))
            : Refuse(context, 401, "Invalid API key or site ID. Please make sure you're using a valid API key with access to the site you've requested.");
    }

    private static IResult Refuse(HttpContext context, int status, string error)
    {
        ViolationMiddleware.Explain(context, error);
        return Results.Json(new { error }, statusCode: status);
    }
}
