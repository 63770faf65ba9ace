using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.ControlPlane.Calendar;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Calendar;

internal static class SyncPlan
{
    public sealed record Request(
        [property: Required, Description("Your name for the plan, the same whenever you post it: 1 to 100 letters, digits, '.', '_' and '-'")] string? PlanId,
        [property: Required, Description("1 to 200 characters; begins the description of each event")] string? Title,
        [property: Required, Description("1 to 100, each with an id of its own")] IReadOnlyList<Entry?>? Entries,
        [property: Description("Minutes before the start, at most 5 of them; none unless given")] IReadOnlyList<int>? Reminders,
        [property: Description("true: also what somebody changed or deleted in the calendar becomes as the plan says")] bool? Overwrite);

    public sealed record Entry(
        [property: Required, Description("Your name for the event, as planId")] string? Id,
        [property: Required, Description("launch, campaign, post, email, restock, review or task; decides the color")] string? Kind,
        [property: Required, Description("1 to 200 characters")] string? Title,
        [property: Required, Description("A day, such as 2026-12-24, or an RFC 3339 time with its zone")] string? Start,
        [property: Description("The last day, or the time of the end; the same day, or an hour later, unless given")] string? End,
        [property: Description("What is to be done: at most 50, of 1 to 500 characters")] IReadOnlyList<string?>? Items);

    public sealed record Reply(bool Ok, string PlanId);

    public static async Task<Results<Accepted<Reply>, ApiProblem>> HandleAsync(Request request, ClaimsPrincipal caller, PlanIntake intake, CancellationToken ct)
    {
        var (plan, problem) = PlanCheck.Check(request, caller.KeyId());
        if (plan is null)
            return problem!;

        await intake.SyncAsync(plan with { Actor = caller.Actor() }, ct);
        return TypedResults.Accepted($"/api/calendar/sync/{plan.PlanId}", new Reply(true, plan.PlanId));
    }
}
