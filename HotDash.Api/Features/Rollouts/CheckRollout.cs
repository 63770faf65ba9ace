using HotDash.Api.Problems;
using HotDash.ControlPlane.Rollouts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Rollouts;

internal static class CheckRollout
{
    public static Task<Results<Ok<RolloutReply>, ApiProblem>> HandleAsync(string flag, RolloutChecks checks, CancellationToken ct) =>
        RolloutAnswers.MovedAsync(() => checks.RunAsync(flag, ct), RolloutAnswers.NoRollout);
}
