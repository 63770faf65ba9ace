using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.ControlPlane.Keys;

namespace HotDash.Api.Features.Calendar;

internal static class CalendarEndpoints
{
    public static void MapCalendar(this IEndpointRouteBuilder api)
    {
        var sync = api.MapGroup("/calendar/sync").WithTags("Calendar");

        sync.MapPost("", SyncPlan.HandleAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Accepts a plan, to be shown as events of the calendar")
            .WithDescription(
                "202 means stored. The plan is the whole of it: events of an earlier version that it does not name are taken out. Posting it again is harmless.")
            .WithProblems(400, 413, 415);
        sync.MapGet("/{planId}", GetSync.HandleAsync).RequireScope(ApiKeyScopes.Read)
            .WithSummary("Shows how a plan stands in the calendar, and what somebody changed or deleted there").WithProblems(404);
        sync.MapDelete("/{planId}", Unsync.HandleAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Takes out of the calendar what was put there for a plan, and nothing else").WithProblems(404);
    }
}
