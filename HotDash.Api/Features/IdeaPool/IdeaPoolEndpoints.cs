using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Keys;

namespace HotDash.Api.Features.IdeaPool;

internal static class IdeaPoolEndpoints
{
    public static void MapIdeaPool(this IEndpointRouteBuilder api)
    {
        var analytics = api.MapGroup("/analytics").WithTags("IdeaPool");

        analytics.MapGet("/idea-pool", ListIdeas.HandleAsync).RequireScope(ApiKeyScopes.Read)
            .WithKnownQuery("status", "priority", "q", "cursor", "limit")
            .WithSummary("Lists ideas, newest first").WithProblems(400, 409);
        analytics.MapPost("/idea-pool", CreateIdea.HandleAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Adds an idea").WithProblems(400, 409, 413, 415, 429, 502, 504);
        analytics.MapPost("/idea-pool/{id}/review", ReviewIdea.HandleAsync).RequireScope(ApiKeyScopes.Approve)
            .WithSummary("Approves or rejects an idea").WithProblems(400, 404, 413, 415, 429, 502, 504);
        analytics.MapGet("/experiments", ListExperiments.HandleAsync).RequireScope(ApiKeyScopes.Read)
            .WithKnownQuery()
            .WithSummary("Lists experiments").WithProblems(400);
    }
}
