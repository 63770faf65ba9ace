using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Registry;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Registry;

internal static class DisconnectIntegration
{
    private const int MaxReason = 500;

    public sealed record Request([property: Required] string? Reason);

    public static async Task<Results<Ok<IntegrationReply>, ApiProblem>> HandleAsync(
        string key, Request request, ClaimsPrincipal caller, IntegrationRegistry registry, CancellationToken ct)
    {
        var errors = new FieldErrors();
        var reason = errors.Required("reason", request.Reason, MaxReason);
        if (errors.Any)
            return errors.ToProblem();

        return await registry.DisconnectAsync(key, reason!, caller.Actor(), ct) is { } view
            ? TypedResults.Ok(IntegrationReply.Of(view))
            : ShowIntegration.NoSuchIntegration();
    }
}
