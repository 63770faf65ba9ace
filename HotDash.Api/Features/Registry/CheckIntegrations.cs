using HotDash.Api.Problems;
using HotDash.ControlPlane.Registry;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Registry;

internal static class CheckIntegrations
{
    public static async Task<Results<Ok<IntegrationReply>, ApiProblem>> OneAsync(string key, IntegrationRegistry registry, CancellationToken ct) =>
        await registry.CheckAsync(key, ct) is { } view ? TypedResults.Ok(IntegrationReply.Of(view)) : ShowIntegration.NoSuchIntegration();

    public static async Task<Ok<ListIntegrations.Reply>> AllAsync(IntegrationRegistry registry, CancellationToken ct) =>
        TypedResults.Ok(ListIntegrations.Of(await registry.CheckAllAsync(ct)));
}
