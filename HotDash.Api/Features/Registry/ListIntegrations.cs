using System.ComponentModel;
using HotDash.Api.Problems;
using HotDash.ControlPlane.Registry;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Registry;

internal static class ListIntegrations
{
    public sealed record Reply(IReadOnlyList<IntegrationReply> Integrations);

    public static async Task<Results<Ok<Reply>, ApiProblem>> HandleAsync(
        IntegrationRegistry registry, CancellationToken ct, [Description("true: only those that are switched on")] string? enabled = null)
    {
        if (enabled is not (null or "true" or "false"))
            return ApiProblem.Invalid("enabled", "must be true or false.");

        return TypedResults.Ok(Of(enabled is "true" ? await registry.EnabledAsync(ct) : await registry.AllAsync(ct)));
    }

    public static Reply Of(IEnumerable<IntegrationView> views) => new([.. views.Select(IntegrationReply.Of)]);
}
