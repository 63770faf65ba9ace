using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.DeadLetters;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.DeadLetters;

internal static class SettleLetter
{
    public sealed record Request([property: Required] bool? Happened, [property: Required] string? Reason);

    public static async Task<Results<NoContent, ApiProblem>> HandleAsync(
        string id, Request request, ClaimsPrincipal caller, DeadLetterReads letters, LetterDecisions decisions, CancellationToken ct)
    {
        var errors = new FieldErrors();
        errors.Require(request.Happened is not null, "happened", "is required: whether the write had its effect.");
        var reason = errors.Required("reason", request.Reason, DiscardLetters.MaxReason);
        if (errors.Any)
            return errors.ToProblem();

        if (!Guid.TryParse(id, out var letterId) || await letters.FindAsync(letterId, ct) is null)
            return ShowLetter.NotFound();

        return await decisions.SettleAsync(letterId, request.Happened!.Value, caller.Actor(), reason!, ct)
            ? TypedResults.NoContent()
            : ApiProblem.Of(StatusCodes.Status409Conflict, ProblemCodes.WrongState, "Only a letter whose outcome is unknown can be settled.");
    }
}
