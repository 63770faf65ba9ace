using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Pauses;
using HotDash.Integrations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Pauses;

internal static class PauseIntegration
{
    private const int MaxReason = 500;

    public sealed record Request([property: Required] string? Reason);

    public static async Task<Results<NoContent, ApiProblem>> HandleAsync(
        string integration, Request request, ClaimsPrincipal caller, IEnumerable<IntegrationOptions> integrations, PauseStore pauses, CancellationToken ct)
    {
        var errors = new FieldErrors();
        var reason = errors.Required("reason", request.Reason, MaxReason);
        if (errors.Any)
            return errors.ToProblem();
        if (integrations.All(known => known.Key != integration))
            return ApiProblem.Of(StatusCodes.Status404NotFound, ProblemCodes.NotFound, "There is no integration with this key.");

        await pauses.PauseAsync(integration, reason!, caller.Actor(), ct);
        return TypedResults.NoContent();
    }
}
