using System.Security.Claims;
using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.ControlPlane.Registry;
using HotDash.Integrations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Registry;

internal static class ConnectIntegrations
{
    public static async Task<Results<Ok<IntegrationReply>, ApiProblem>> OneAsync(
        string key, ClaimsPrincipal caller, IntegrationRegistry registry, CancellationToken ct)
    {
        if (await registry.GetAsync(key, ct) is not { } view)
            return ShowIntegration.NoSuchIntegration();
        if (view.Options.Overall is not IntegrationState.Live)
            return CannotBeCalled(view);

        return TypedResults.Ok(IntegrationReply.Of(await registry.ConnectAsync(key, caller.Actor(), ct) ?? view));
    }

    public static async Task<Ok<ListIntegrations.Reply>> EnabledAsync(ClaimsPrincipal caller, IntegrationRegistry registry, CancellationToken ct) =>
        TypedResults.Ok(ListIntegrations.Of(await registry.ConnectEnabledAsync(caller.Actor(), ct)));

    private static ApiProblem CannotBeCalled(IntegrationView view) => ApiProblem.Of(
        StatusCodes.Status409Conflict, ProblemCodes.WrongState, $"It cannot be called. {Remedies.For(view.Options.WhyNotLive, view.Options)}");
}
