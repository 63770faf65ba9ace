using HotDash.Api.Problems;
using HotDash.ControlPlane.Pauses;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Pauses;

internal static class ResumeIntegration
{
    public static async Task<Results<NoContent, ApiProblem>> HandleAsync(string integration, PauseStore pauses, CancellationToken ct) =>
        !integration.Contains('\0', StringComparison.Ordinal) && await pauses.ResumeAsync(integration, ct)
            ? TypedResults.NoContent()
            : ApiProblem.Of(StatusCodes.Status404NotFound, ProblemCodes.NotFound, "This integration is not paused.");
}
