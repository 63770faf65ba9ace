using HotDash.Api.Problems;
using HotDash.ControlPlane.Calendar;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Calendar;

internal static class GetSync
{
    public sealed record Reply(bool Ok, PlanView Plan);

    public static async Task<Results<Ok<Reply>, ApiProblem>> HandleAsync(string planId, PlanReads plans, CancellationToken ct) =>
        PlanCheck.IsName(planId) && await plans.FindAsync(planId, ct) is { } plan ? TypedResults.Ok(new Reply(true, plan)) : NoPlan();

    public static ApiProblem NoPlan() => ApiProblem.Of(StatusCodes.Status404NotFound, ProblemCodes.NotFound, "There is no plan with this id.");
}
