using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.ControlPlane.DeadLetters;
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

    public static async Task<Results<Ok<Reply>, ApiProblem>> HandleAsync(string id, HttpContext http, DeadLetterReads letters, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var letterId) || await letters.FindAsync(letterId, ct) is not { } opened)
            return NotFound();

        var hidden = http.HidesSealed() ?? (opened.Request is null ? SealedContent.Gone : null);
        return TypedResults.Ok(new Reply(opened.Letter, hidden is null ? RequestView.Of(opened.Request!) : null, hidden));
    }

    public static ApiProblem NotFound() => ApiProblem.Of(StatusCodes.Status404NotFound, ProblemCodes.NotFound, "There is no dead letter with this id.");
}
