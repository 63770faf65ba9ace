using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.ControlPlane.Keys;

namespace HotDash.Api.Features.Pauses;

internal static class PausesEndpoints
{
    public static void MapPauses(this IEndpointRouteBuilder api)
    {
        var pauses = api.MapGroup("/pauses").WithTags("Pauses");

        pauses.MapGet("/", ListPauses.HandleAsync).RequireScope(ApiKeyScopes.Read)
            .WithSummary("Lists integrations that are not called at present")
            .WithDescription("HotDash pauses one when most of a burst of its calls fails the same way, and lets one call through now and then, to see.");
        pauses.MapPost("/{integration}", PauseIntegration.HandleAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Pauses an integration until somebody resumes it").WithProblems(400, 404, 413, 415);
        pauses.MapPost("/{integration}/resume", ResumeIntegration.HandleAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Lets calls go again, within a second").WithProblems(404);
    }
}
