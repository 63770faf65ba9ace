using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Keys;

namespace HotDash.Api.Features.Analytics;

internal static class AnalyticsEndpoints
{
    public static void MapAnalytics(this IEndpointRouteBuilder api)
    {
        var analytics = api.MapGroup("/analytics").WithTags("Analytics");

        analytics.MapGet("/traffic", GetTraffic.HandleAsync).RequireScope(ApiKeyScopes.Read)
            .WithKnownQuery("from", "to", "provider")
            .WithSummary("Shows visitors, visits, page views, conversions and revenue, by day and in all")
            .WithDescription("A snapshot may cover fewer days than were asked for: period says which.")
            .WithProblems(400);
        analytics.MapGet("/search", GetSearch.HandleAsync).RequireScope(ApiKeyScopes.Read)
            .WithKnownQuery("from", "to", "by", "limit")
            .WithSummary("Shows how the site did in Google's search")
            .WithDescription("The totals are more than the rows together: rare queries are left out of these.")
            .WithProblems(400);
    }
}
