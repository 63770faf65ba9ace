using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.IdeaPool;
using HotDash.Integrations.Supabase;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.IdeaPool;

internal static class ReviewIdea
{
    public sealed record Request(
        [property: Required, Description("approved or rejected")] string? Decision,
        [property: Required, Description("Who decided")] string? Reviewer);

    public sealed record Reviewed(Idea Idea);

    public static async Task<Results<Ok<Envelope<Reviewed>>, ApiProblem>> HandleAsync(
        string id, Request request, ClaimsPrincipal caller, IdeaPoolWrites ideas, TimeProvider clock, CancellationToken ct)
    {
        var errors = new FieldErrors();
        errors.Optional("id", id, 200);
        var decision = errors.RequiredOneOf("decision", request.Decision, IdeaStatus.Approved, IdeaStatus.Rejected);
        var reviewer = errors.Required("reviewer", request.Reviewer, 100);
        if (errors.Any)
            return errors.ToProblem();

        return await ideas.ReviewAsync(id, decision, reviewer!, caller.Actor(), ct) is { } answer
            ? TypedResults.Ok(Envelope<Reviewed>.Of(answer, idea => new Reviewed(idea), clock))
            : ApiProblem.Of(StatusCodes.Status404NotFound, ProblemCodes.NotFound, "There is no idea with this id.");
    }
}
