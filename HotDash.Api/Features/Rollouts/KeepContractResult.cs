using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using HotDash.Api.Access;
using HotDash.Api.Features.Registry;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Registry;
using HotDash.ControlPlane.Rollouts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Rollouts;

internal static class KeepContractResult
{
    private const int MaxBuild = 100;

    /// <param name="Integration">Its key.</param>
    /// <param name="Build">Of which build: a commit, or a version.</param>
    public sealed record Request(
        [property: Required] string? Integration, [property: Required] int? Passed, [property: Required] int? Failed, [property: Required] string? Build);

    public static async Task<Results<Ok<ContractResult>, ApiProblem>> HandleAsync(
        Request request, ClaimsPrincipal caller, IntegrationRegistry registry, ContractResults results, CancellationToken ct)
    {
        var errors = new FieldErrors();
        var build = errors.Required("build", request.Build, MaxBuild);
        errors.Require(request.Passed >= 0, "passed", "is required: the number of tests that passed.");
        errors.Require(request.Failed >= 0, "failed", "is required: the number of tests that failed.");
        if (errors.Any)
            return errors.ToProblem();
        if (request.Integration is null || await registry.GetAsync(request.Integration, ct) is null)
            return ShowIntegration.NoSuchIntegration();

        var result = new ContractResult(request.Integration, request.Passed!.Value, request.Failed!.Value, build!);
        await results.KeepAsync(result, caller.Actor(), ct);
        return TypedResults.Ok(result);
    }
}
