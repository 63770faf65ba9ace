using System.Security.Claims;
using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.ControlPlane.Calendar;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Calendar;

internal static class Unsync
{
    public static async Task<Results<Accepted<SyncPlan.Reply>, ApiProblem>> HandleAsync(string planId, ClaimsPrincipal caller, PlanIntake intake, CancellationToken ct) =>
        PlanCheck.IsName(planId) && await intake.UnsyncAsync(planId, caller.KeyId(), caller.Actor(), ct)
            ? TypedResults.Accepted($"/api/calendar/sync/{planId}", new SyncPlan.Reply(true, planId))
            : GetSync.NoPlan();
}
