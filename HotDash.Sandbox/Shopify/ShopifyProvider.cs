using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

using HotDash.Sandbox.Ledger;
using HotDash.Sandbox.Shopify.GraphQl;
using HotDash.Sandbox.Webhooks;

namespace HotDash.Sandbox.Shopify;

/// <summary>A shop's Admin GraphQL API as far as HotDash needs it. https://shopify.dev/docs/api/admin-graphql</summary>
internal sealed partial class ShopifyProvider : IProvider, ITeller
{
    private const int MostPerQuery = 1000;
    private const int CostOfMutation = 10;

    private readonly string _token;
    private readonly string _secret;
    private readonly PointBucket _bucket;
    private readonly Func<Shop> _open;
    private Shop _shop;
    private TimeSpan _changesLast;

    public ShopifyProvider(IConfiguration configuration, Ids ids, EffectLedger ledger, TimeProvider clock)
    {
        _token = configuration.Needed("SANDBOX_SHOPIFY_ACCESS_TOKEN");
        _secret = configuration["SANDBOX_SHOPIFY_WEBHOOK_SECRET"] is { Length: > 0 } configured ? configured : ids.Hex("shopify.webhook", 0);
        _bucket = new(configuration, clock);
        _open = () => new(new(ids), ledger, clock);
        _shop = _open();
    }

    public string Key => "shopify";

    public void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/admin/api/{version}/graphql.json", (string version, HttpContext context) => AnswerAsync(version, context));
        routes.MapFallback("/{**path}", (HttpContext context) => Refuse(context, 404, "Not Found"));
    }

    public void Reset()
    {
        _bucket.Reset();
        (_shop, _changesLast) = (_open(), TimeSpan.Zero);
    }

    /// <summary>Deliveries name a topic in another way than the schema.</summary>
    public JsonObject Named(string topic, JsonObject body) => body; // a header says it

    public IReadOnlyList<Listener> Listeners(string topic) =>
        [.. _shop.Listeners(topic.Replace('/', '_').ToUpperInvariant()).Select(address => new Listener(address, _secret))];

    public IReadOnlyList<(string Name, string Value)> Sign(Listener listener, string topic, string delivery, byte[] body) =>
    [
        ("X-Shopify-Hmac-SHA256", Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(listener.Secret), body))),
        ("X-Shopify-Topic", topic),
        ("X-Shopify-Webhook-Id", delivery),
        ("X-Shopify-Shop-Domain", "sandbox-shop.myshopify.com"),
    ];

    public void DropSubscriptions() => _shop.DropSubscriptions();

    public JsonObject GetSettings() => new() { ["changesLast"] = Configured.Write(_changesLast) };

    public IReadOnlyDictionary<string, string> ChangeSettings(JsonObject changes)
    {
        var errors = changes.Where(change => change.Key is not "changesLast" || Duration(change.Value) is null)
            .ToDictionary(change => change.Key, _ => "The setting is changesLast (500ms, 2s): how long a change of stock is under way.", StringComparer.Ordinal);
        if (errors.Count is 0)
            _changesLast = Duration(changes["changesLast"]) ?? _changesLast;

        return errors;
    }

    private static TimeSpan? Duration(JsonNode? value) => value is JsonValue text && text.TryGetValue<string>(out var duration) ? Configured.ParseDuration(duration) : null;

    private async Task<IResult> AnswerAsync(string version, HttpContext context)
    {
        if (context.Request.Headers["X-Shopify-Access-Token"] != _token)
            return Refuse(context, 401, "[API] Invalid API key or access token (unrecognized login or wrong password)");

        if (!Quarter().IsMatch(version))
            return Refuse(context, 404, "Not Found");

        context.Response.Headers["X-Shopify-API-Version"] = version;
        return await ReadAsync(context.Request) is { } body && body["query"] is JsonValue query && query.TryGetValue<string>(out var document)
            ? Results.Json(await RunAsync(context, version, document, body["variables"] as JsonObject ?? []))
            : Refuse(context, 400, "Required parameter missing or invalid");
    }

    private async Task<JsonObject> RunAsync(HttpContext context, string version, string source, JsonObject variables)
    {
        try
        {
            var document = QueryParser.Parse(source, variables);
            var requested = document.IsMutation ? CostOfMutation * document.Fields.Count : Execution.RequestedCost(document.Fields);
            Check(requested);
            if (!_bucket.TryTake(requested))
                return Failed(context, new("Throttled", "THROTTLED"), requested);

            var (data, cost) = document.IsMutation ? (await ChangeAsync(context, version, document.Fields), requested) : _shop.Answer(document.Fields);
            _bucket.GiveBack(requested - cost);
            return new() { ["data"] = data, ["extensions"] = Extensions(requested, cost) };
        }
        catch (GraphQlException e)
        {
            return Failed(context, e, null);
        }
    }

    private async Task<JsonObject> ChangeAsync(HttpContext context, string version, IEnumerable<Selection> fields)
    {
        var data = new JsonObject();
        foreach (var field in fields)
        {
            var payload = await _shop.ChangeAsync(new(field, version, context.Request.Headers.TraceParent), _changesLast);
            if (payload["userErrors"] is JsonArray and [{ } refused, ..])
                ViolationMiddleware.Explain(context, $"{refused["code"]}: {refused["message"]}");
            data[field.Alias] = new Execution().Complete(payload, field);
        }

        return data;
    }

    private static void Check(int requested)
    {
        if (requested > MostPerQuery)
            throw new GraphQlException(
                $"Query cost is {requested}, which exceeds the single query max cost limit ({MostPerQuery}).", "MAX_COST_EXCEEDED",
                ("cost", requested), ("maxCost", MostPerQuery), ("documentation", "https://shopify.dev/api/usage/rate-limits"));
    }

    /// <summary>The status is 200 all the same.</summary>
    private JsonObject Failed(HttpContext context, GraphQlException e, int? requested)
    {
        ViolationMiddleware.Explain(context, e.Message);
        var reply = new JsonObject { ["errors"] = new JsonArray(e.Error) };
        if (requested is { } points)
            reply["extensions"] = Extensions(points, null);

        return reply;
    }

    private JsonObject Extensions(int requested, int? actual) => new()
    {
        ["cost"] = new JsonObject { ["requestedQueryCost"] = requested, ["actualQueryCost"] = actual, ["throttleStatus"] = _bucket.Status() },
    };

    private static IResult Refuse(HttpContext context, int status, string why)
    {
        ViolationMiddleware.Explain(context, why);
        return Results.Json(new { errors = why }, statusCode: status);
    }

    private static async Task<JsonObject?> ReadAsync(HttpRequest request)
    {
        try
        {
            return request.HasJsonContentType() ? await JsonNode.ParseAsync(request.Body) as JsonObject : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^20\d\d-(01|04|07|10)\z", RegexOptions.ExplicitCapture | RegexOptions.ECMAScript, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quarter();
}
