using System.Text.Json;
using System.Text.Json.Nodes;
using HotDash.Sandbox.Google;

namespace HotDash.Sandbox.SearchConsole;

/// <summary>One property of Google Search Console. https://developers.google.com/webmaster-tools</summary>
internal sealed class SearchConsoleProvider(IConfiguration configuration, GoogleAccount account, ShopVisits visits, TimeProvider clock) : IProvider
{
    private readonly string _site = configuration["SANDBOX_GSC_SITE_URL"] ?? "https://shop.example/";
    private readonly FixedWindow _quota = new(configuration.Limit("search-console", "1200/1m"), clock);
    private readonly GoogleGate _gate = new(
        account, "https://www.googleapis.com/auth/webmasters.readonly", "https://www.googleapis.com/auth/webmasters");

    /// <summary>Google says the same as 403 or as 429.</summary>
    private int _throttleStatus = 403;

    public string Key => "search-console";

    public void Map(RouteGroupBuilder routes)
    {
        var api = routes.MapGroup("/webmasters/v3/sites").AddEndpointFilter(_gate.CheckAsync).AddEndpointFilter(ThrottleAsync);
        api.MapGet("", () => Results.Json(new { siteEntry = new[] { new { siteUrl = _site, permissionLevel = "SITE_RESTRICTED_USER" } } }));

        // A slash that is part of the site arrives escaped.
        api.MapPost("/{siteUrl}/searchAnalytics/query", async (HttpContext context, string siteUrl) => Uri.UnescapeDataString(siteUrl) == _site
            ? SearchQuery.Handle(context, await GoogleBody.ReadAsync<SearchRequest>(context.Request), visits)
            : GoogleReply.RefuseFor(context, 403, "global", "forbidden", "User does not have sufficient permission for site. See also: https://support.google.com/webmasters/answer/2451999."));
    }

    public void Reset()
    {
        _quota.Reset();
        _throttleStatus = 403;
    }

    public JsonObject GetSettings() => new() { ["throttleStatus"] = _throttleStatus };

    public IReadOnlyDictionary<string, string> ChangeSettings(JsonObject changes)
    {
        var errors = changes.Where(change => change is not { Key: "throttleStatus", Value: JsonValue value } || value.GetValueKind() is not JsonValueKind.Number || value.GetValue<int>() is not (403 or 429))
            .ToDictionary(change => change.Key, _ => "The setting is throttleStatus (403 or 429).", StringComparer.Ordinal);
        if (errors.Count is 0 && changes["throttleStatus"] is { } status)
            _throttleStatus = status.GetValue<int>();

        return errors;
    }

    private async ValueTask<object?> ThrottleAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next) => _quota.TryTake(1)
        ? await next(invocation)
        : GoogleReply.RefuseFor(invocation.HttpContext, _throttleStatus, "usageLimits", "rateLimitExceeded", "Rate Limit Exceeded");
}
