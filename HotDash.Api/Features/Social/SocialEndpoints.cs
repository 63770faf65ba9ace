using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Keys;

namespace HotDash.Api.Features.Social;

internal static class SocialEndpoints
{
    public static void MapSocial(this IEndpointRouteBuilder api)
    {
        var social = api.MapGroup("/social").WithTags("Social");

        social.MapPost("/post", SchedulePost.HandleAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Accepts a post, to be published at once or at its time")
            .WithDescription("202 means stored: the post is delivered exactly once, when people have approved it if they have to, or its status says why not.")
            .WithIdempotencyKey()
            .WithProblems(400, 409, 413, 415, 422);
        social.MapGet("/status/{jobId}", GetStatus.HandleAsync).RequireScope(ApiKeyScopes.Read)
            .WithSummary("Shows what became of a post")
            .WithDescription("complete: on all accounts. failed: on at least one; accounts says on which, and why.")
            .WithProblems(404);
        social.MapGet("/posts", ListPosts.HandleAsync).RequireScope(ApiKeyScopes.Read)
            .WithKnownQuery("status", "cursor", "limit")
            .WithSummary("Lists posts, newest first").WithProblems(400);
    }
}
