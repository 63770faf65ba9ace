using System.Security.Claims;
using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.ControlPlane.DeadLetters;
using HotDash.ControlPlane.Keys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.DeadLetters;

internal static class ShowLetter
{
    /// <summary>A class: a record would print the request.</summary>
    public sealed class Reply(DeadLetterView letter, RequestView? request, string? requestHidden)
    {
        public DeadLetterView Letter => letter;

        public RequestView? Request => request;

        /// <summary>Why the request is not shown.</summary>
        public string? RequestHidden => requestHidden;
    }

    public static async Task<Results<Ok<Reply>, ApiProblem>> HandleAsync(
        string id, ClaimsPrincipal caller, HttpResponse response, DeadLetterReads letters, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var letterId) || await letters.FindAsync(letterId, ct) is not { } opened)
            return NotFound();

        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(opened switch
        {
            _ when !caller.HasScope(ApiKeyScopes.Operate) && !caller.HasScope(ApiKeyScopes.Admin) =>
                new Reply(opened.Letter, null, "It is shown to keys with the scope operate or admin."),
            { Request: null } => new Reply(opened.Letter, null, "It cannot be opened: its data-protection key is gone."),
            _ => new Reply(opened.Letter, RequestView.Of(opened.Request), null),
        });
    }

    public static ApiProblem NotFound() => ApiProblem.Of(StatusCodes.Status404NotFound, ProblemCodes.NotFound, "There is no dead letter with this id.");
}
