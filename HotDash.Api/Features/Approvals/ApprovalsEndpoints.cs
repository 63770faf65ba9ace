using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Keys;

namespace HotDash.Api.Features.Approvals;

internal static class ApprovalsEndpoints
{
    private static readonly string[] Filter = ["kind", "state", "target", "requester", "risk"];

    public static void MapApprovals(this IEndpointRouteBuilder api)
    {
        var approvals = api.MapGroup("/approvals").WithTags("Approvals");
        approvals.MapReads();
        approvals.MapDecisions();
    }

    private static void MapReads(this IEndpointRouteBuilder approvals)
    {
        approvals.MapGet("/", ListApprovals.HandleAsync).RequireScope(ApiKeyScopes.Read).WithKnownQuery([.. Filter, "cursor", "limit"])
            .WithSummary("Lists actions that people decide about: the riskiest first, and of those the oldest").WithProblems(400);
        approvals.MapGet("/selection", DecideMany.SelectAsync).RequireScope(ApiKeyScopes.Read).WithKnownQuery("kind", "target", "requester", "risk")
            .WithSummary("Freezes which of them wait for a decision now: their number, and a digest that stands for all their hashes").WithProblems(400);
        approvals.MapGet("/{id}", ShowApproval.HandleAsync).RequireScope(ApiKeyScopes.Read)
            .WithSummary("Shows one, with all its wordings and grades")
            .WithDescription("The wordings and comments are shown to keys with the scope approve, operate or admin.").WithProblems(404);
        approvals.MapGet("/{id}/proof", ProveApproval.HandleAsync).RequireScope(ApiKeyScopes.Read)
            .WithSummary("Shows from the audit whether what was sent is what was approved").WithProblems(404);
    }

    private static void MapDecisions(this IEndpointRouteBuilder approvals)
    {
        approvals.MapPost("/{id}/approve", DecideApproval.ApproveAsync).RequireScope(ApiKeyScopes.Approve)
            .WithSummary("Approves exactly what the hash stands for")
            .WithDescription("Neither whoever asked for it nor an editor can. Again, it changes nothing.").WithProblems(400, 403, 404, 409, 413, 415);
        approvals.MapPost("/{id}/reject", DecideApproval.RejectAsync).RequireScope(ApiKeyScopes.Approve)
            .WithSummary("Decides that it shall not be done").WithProblems(400, 404, 409, 413, 415);
        approvals.MapPost("/{id}/edit", EditApproval.HandleAsync).RequireScope(ApiKeyScopes.Approve)
            .WithSummary("Puts other words in its place; somebody else approves them").WithProblems(400, 404, 409, 413, 415);
        approvals.MapPost("/decide", DecideMany.HandleAsync).RequireScope(ApiKeyScopes.Approve)
            .WithSummary("Approves or rejects all of a selection, if it still is the one that was seen").WithProblems(400, 409, 413, 415);
        approvals.MapPost("/{id}/grade", GradeApproval.HandleAsync).RequireScope(ApiKeyScopes.Approve)
            .WithSummary("Says how good it is: tone, accuracy and policy from 1 to 5; your former grade is replaced").WithProblems(400, 404, 413, 415);
        approvals.MapPost("/{id}/settle", DecideApproval.SettleAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Says of one whose outcome is unknown what somebody found at the provider")
            .WithDescription("happened: it is sent. Not happened: it is sent again, if its time is not over.").WithProblems(400, 404, 409, 413, 415);
    }
}
