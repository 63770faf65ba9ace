using System.ComponentModel;
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
        CancellationToken ct,
        [Description("nextCursor of the page before")] string? cursor = null,
        [Description("1 to 100; 50 unless given")] string? limit = null)
    {
        var errors = new FieldErrors();
        var filter = query.Read(errors);
        var after = errors.Cursor(cursor, ApprovalPosition.TryParse);
        var count = errors.Limit(limit);
        if (errors.Any)
            return errors.ToProblem();

        var page = await approvals.ListAsync(filter, after, count, ct);
        return TypedResults.Ok(new Reply([.. page.Items.Select(ApprovalReply.Of)], page.Next?.ToString()));
    }
}
