using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Approvals;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Approvals;

internal static class ListApprovals
{
    public sealed record Reply(IReadOnlyList<ApprovalReply> Approvals, string? NextCursor);

    public static async Task<Results<Ok<Reply>, ApiProblem>> HandleAsync(
        [AsParameters] ApprovalQuery query,
        ApprovalReads approvals,
        [AsParameters] PageQuery page,
        CancellationToken ct)
    {
        var errors = new FieldErrors();
        var filter = query.Read(errors);
        var (after, limit) = page.Read<ApprovalPosition>(errors);
        if (errors.Any)
            return errors.ToProblem();

        var found = await approvals.ListAsync(filter, after, limit, ct);
        return TypedResults.Ok(new Reply([.. found.Items.Select(ApprovalReply.Of)], found.Next?.ToString()));
    }
}
