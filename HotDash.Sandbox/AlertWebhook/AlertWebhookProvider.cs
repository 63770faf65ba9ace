using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HotDash.Sandbox.Ledger;

namespace HotDash.Sandbox.AlertWebhook;

/// <summary>A receiver of alerts that takes what is signed and new. https://www.standardwebhooks.com</summary>
internal sealed class AlertWebhookProvider(IConfiguration configuration, EffectLedger ledger, TimeProvider clock) : IProvider
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    private readonly string? _secret = configuration["SANDBOX_ALERT_WEBHOOK_SECRET"];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public string Key => "alert-webhook";

    public void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/", (Delegate)ReceiveAsync);
        routes.MapMethods("/", [HttpMethods.Options], () => Results.NoContent());
    }

    public void Reset()
    {
        lock (_known)
            _known.Clear();
    }

    public IReadOnlyDictionary<string, string> ChangeSettings(JsonObject changes) =>
        changes.ToDictionary(change => change.Key, _ => "The receiver of alerts has no settings.", StringComparer.Ordinal);

    private async Task<IResult> ReceiveAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var (id, at) = (context.Request.Headers["webhook-id"].ToString(), context.Request.Headers["webhook-timestamp"].ToString());

        if (!IsRecent(at))
            return Refuse(context, 400, "webhook-timestamp is no time of the last five minutes.");
        if (!IsSigned(context.Request.Headers["webhook-signature"].ToString(), $"{id}.{at}.{body}"))
            return Refuse(context, 401, "webhook-signature does not fit.");
        if (Parse(body) is not { } message)
            return Refuse(context, 400, "The body is not the JSON of a message.");

        return Take(id, message, context.Request.Headers.TraceParent);
    }

    private IResult Take(string id, JsonObject message, string? traceParent)
    {
        lock (_known)
        {
            if (_known.Add(id))
                ledger.Add(Key, clock.GetUtcNow(), "message", new() { ["id"] = id, ["message"] = message }, traceParent);
        }

        return Results.NoContent();
    }

    private bool IsRecent(string at) =>
        long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && Math.Abs(clock.GetUtcNow().ToUnixTimeSeconds() - seconds) <= Tolerance.TotalSeconds;

    private bool IsSigned(string signatures, string content)
    {
        if (_secret is not ['w', 'h', 's', 'e', 'c', '_', .. var key])
            return false;

        var expected = $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(key), Encoding.UTF8.GetBytes(content)))}";
        return signatures.Split(' ').Contains(expected, StringComparer.Ordinal);
    }

    private static JsonObject? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body) is JsonObject message && message["type"] is JsonValue && message["timestamp"] is JsonValue && message["data"] is JsonObject ? message : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IResult Refuse(HttpContext context, int status, string error)
    {
        ViolationMiddleware.Explain(context, error);
        return Results.Json(new { error }, statusCode: status);
    }
}
