using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Keys;

namespace HotDash.Api.Features.Alerts;

internal static class AlertsEndpoints
{
    public static void MapAlerts(this IEndpointRouteBuilder api)
    {
        api.MapGet("/indicators", ListIndicators.HandleAsync).RequireScope(ApiKeyScopes.Read).WithKnownQuery("from", "to").WithTags("Alerts")
            .WithSummary("Measures how well things go, by what is stored")
            .WithDescription("Without from each indicator goes back as far as when it is checked for alerts.")
            .WithProblems(400);

        var alerts = api.MapGroup("/alerts").WithTags("Alerts");
        alerts.MapGet("/", ListAlerts.HandleAsync).RequireScope(ApiKeyScopes.Read).WithKnownQuery("state", "indicator", "subject", "cursor", "limit")
            .WithSummary("Lists alerts, newest first").WithProblems(400);
        alerts.MapGet("/{id}", ShowAlert.HandleAsync).RequireScope(ApiKeyScopes.Read)
            .WithSummary("Shows one").WithProblems(404);
        alerts.MapPost("/{id}/acknowledge", DecideAlert.AcknowledgeAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Says that somebody looks at it; the first to say so stands there").WithProblems(400, 404, 409, 413, 415);
        alerts.MapPost("/{id}/silence", DecideAlert.SilenceAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Tells nobody of it for a while, also if it is resolved and opens again").WithProblems(400, 404, 409, 413, 415);
    }
}
