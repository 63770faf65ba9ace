using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Text.RegularExpressions;
using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.IdeaPool;
using HotDash.Integrations.Supabase;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.IdeaPool;

internal static partial class CreateIdea
{
    public sealed record Request(
        [property: Description("Yours, so that a repeated request is harmless; a UUIDv7 unless given")] string? Id,
        [property: Required] string? Title,
        [property: Description("pending_review (unless given) or draft")] string? Status,
        string? Rationale,
        string? ProjectedImpact,
        [property: Required, Description("high, medium or low")] string? Priority,
        [property: Description("0 to 1")] decimal? Confidence);

    public sealed record Created(Idea Idea);

    public static async Task<Results<Created<Envelope<Created>>, ApiProblem>> HandleAsync(
        Request request, ClaimsPrincipal caller, IdeaPoolWrites ideas, TimeProvider clock, CancellationToken ct)
    {
        var errors = new FieldErrors();
        var idea = Check(request, errors);
        if (errors.Any)
            return errors.ToProblem();

        var answer = await ideas.CreateAsync(idea, caller.Actor(), ct);
        if (answer.Value.Title != idea.Title || answer.Value.Rationale != idea.Rationale)
            return ApiProblem.Of(StatusCodes.Status409Conflict, ProblemCodes.IdTaken, "Another idea has this id.");

        return TypedResults.Created(
            $"/api/analytics/idea-pool/{answer.Value.Id}", Envelope<Created>.Of(answer, value => new Created(value), clock));
    }

    private static NewIdea Check(Request request, FieldErrors errors)
    {
        errors.Require(request.Id is null || IdPattern().IsMatch(request.Id), "id", "must be 1 to 64 letters, digits, - or _.");
        errors.Require(request.Id?.StartsWith("mock-", StringComparison.Ordinal) is not true, "id", "must not start with mock-.");
        errors.Require(request.Confidence is null or (>= 0 and <= 1), "confidence", "must be from 0 to 1.");

        return new NewIdea(
            request.Id ?? Guid.CreateVersion7().ToString(),
            errors.Required("title", request.Title, 200) ?? "",
            errors.OneOf("status", request.Status, IdeaStatus.PendingReview, IdeaStatus.Draft) ?? IdeaStatus.PendingReview,
            errors.Optional("rationale", request.Rationale, 5_000),
            errors.Optional("projectedImpact", request.ProjectedImpact, 1_000),
            errors.RequiredOneOf<IdeaPriority>("priority", request.Priority),
            request.Confidence);
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}\\z", RegexOptions.None, 1000)]
    private static partial Regex IdPattern();
}
