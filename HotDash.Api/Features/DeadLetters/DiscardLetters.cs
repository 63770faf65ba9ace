using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.DeadLetters;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.DeadLetters;

internal static class DiscardLetters
{
    public const int MaxReason = 500;

    public sealed record Request(IReadOnlyList<string?>? Ids, LetterQuery? Filter, [property: Required] string? Reason);

    public sealed record Reply(int Discarded);

    public static async Task<Results<Ok<Reply>, ApiProblem>> HandleAsync(
        Request request, ClaimsPrincipal caller, LetterDecisions decisions, CancellationToken ct)
    {
        var errors = new FieldErrors();
        var selection = errors.Selection(request.Ids, request.Filter);
        var reason = errors.Required("reason", request.Reason, MaxReason);
        if (errors.Any)
            return errors.ToProblem();

        return TypedResults.Ok(new Reply(await decisions.DiscardAsync(selection, caller.Actor(), reason!, ct)));
    }
}
