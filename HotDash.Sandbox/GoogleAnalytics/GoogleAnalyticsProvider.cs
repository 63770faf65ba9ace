using System.Text.Json.Nodes;
using HotDash.Sandbox.Google;

namespace HotDash.Sandbox.GoogleAnalytics;

/// <summary>One property of the Google Analytics Data API. https://developers.google.com/analytics/devguides/reporting/data/v1</summary>
internal sealed class GoogleAnalyticsProvider(IConfiguration configuration, GoogleAccount account, ShopVisits visits, TimeProvider clock) : IProvider
{
    private readonly string _property = configuration["SANDBOX_GA4_PROPERTY_ID"] ?? "123456789";
    private readonly FixedWindow _quota = new(configuration.Limit("google-analytics", "40000/1h"), clock);
    private readonly GoogleGate _gate = new(
        account, "https://www.googleapis.com/auth/analytics.readonly", "https://www.googleapis.com/auth/analytics");

    public string Key => "google-analytics";

    public void Map(RouteGroupBuilder routes)
    {
        var api = routes.MapGroup("/v1beta/properties").AddEndpointFilter(_gate.CheckAsync);
        api.MapPost("/{id}:runReport", async (HttpContext context, string id) => id == _property
            ? RunReport.Handle(context, await GoogleBody.ReadAsync<Request>(context.Request), visits, _quota)
            : Refuse(context));
        api.MapGet("/{id}/metadata", (HttpContext context, string id) => id == _property ? Metadata() : Refuse(context));
    }

    public void Reset() => _quota.Reset();

    public IReadOnlyDictionary<string, string> ChangeSettings(JsonObject changes) =>
        changes.ToDictionary(change => change.Key, _ => "Google Analytics has no settings.", StringComparer.Ordinal);

    private IResult Metadata() => Results.Json(new
    {
        name = $"properties/{_property}/metadata",
        dimensions = new[] { new { apiName = "date", uiName = "Date", category = "Time" } },
        metrics = RunReport.Metrics.Select(metric => new { apiName = metric, uiName = metric, category = "Other" }),
    });

    private static IResult Refuse(HttpContext context) => GoogleReply.Refuse(context, 403, "PERMISSION_DENIED",
        "User does not have sufficient permissions for this property. To learn more about Property ID, see https://developers.google.com/analytics/devguides/reporting/data/v1/property-id.");
}
