using HotDash.Api.Problems;
using HotDash.ControlPlane.Rollouts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Rollouts;

/// <summary>What every move of a rollout can answer.</summary>
internal static class RolloutAnswers
{
    public static ApiProblem NoRollout() => ApiProblem.Of(
        StatusCodes.Status404NotFound, ProblemCodes.NotFound, "No flag with this name was ever rolled out.");

    public static ApiProblem WrongState(string reason) => ApiProblem.Of(StatusCodes.Status409Conflict, ProblemCodes.WrongState, reason);

    public static async Task<Results<Ok<RolloutReply>, ApiProblem>> MovedAsync(Func<Task<Rollout?>> move, Func<ApiProblem> missing)
    {
        try
        {
            return await move() is { } rollout ? TypedResults.Ok(RolloutReply.Of(rollout)) : missing();
        }
        catch (IllegalMoveException e)
        {
            return WrongState(e.Message);
        }
    }
}
