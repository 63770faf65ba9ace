using HotDash.Api.Problems;
using HotDash.ControlPlane.Approvals;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Approvals;

/// <summary>What every change of an approval can answer.</summary>
internal static class ApprovalAnswers
{
    public static ApiProblem NotFound() => ApiProblem.Of(StatusCodes.Status404NotFound, ProblemCodes.NotFound, "There is no approval with this id.");

    public static async Task<Results<Ok<ApprovalReply>, ApiProblem>> ChangedAsync(string id, Func<Guid, Task<Approval?>> change)
    {
        try
        {
            return Guid.TryParse(id, out var approvalId) && await change(approvalId) is { } approval ? TypedResults.Ok(ApprovalReply.Of(approval)) : NotFound();
        }
        catch (ApprovalRefusedException e)
        {
            return Refused(e);
        }
    }

    private static ApiProblem Refused(ApprovalRefusedException refused) => refused.Refusal switch
    {
        ApprovalRefusal.OwnAction => ApiProblem.Of(StatusCodes.Status403Forbidden, ProblemCodes.OwnAction, refused.Message),
        ApprovalRefusal.Changed => ApiProblem.Of(StatusCodes.Status409Conflict, ProblemCodes.ActionChanged, refused.Message),
        _ => ApiProblem.Of(StatusCodes.Status409Conflict, ProblemCodes.WrongState, refused.Message),
    };
}
