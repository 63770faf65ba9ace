using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.ControlPlane.Approvals;
using HotDash.ControlPlane.Keys;
using HotDash.ControlPlane.Support;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Approvals;

internal static class ShowApproval
{
    /// <summary>A class: a record would print the words.</summary>
    public sealed class Reply(ApprovalReply approval, IReadOnlyList<ApprovalRevision>? revisions, IReadOnlyList<Grade>? grades, string? result, DraftContext? draft, string? contentHidden)
    {
        public ApprovalReply Approval => approval;

        /// <summary>The first wording first; the last is what decisions are about.</summary>
        public IReadOnlyList<ApprovalRevision>? Revisions => revisions;

        public IReadOnlyList<Grade>? Grades => grades;

        /// <summary>Of a reply that an agent proposed: the message that it answers, and what the customer has written since.</summary>
        public DraftContext? Draft => draft;

        /// <summary>What the provider said of each item, and showed afterwards.</summary>
        public string? Result => result;

        /// <summary>Why the words are not shown.</summary>
        public string? ContentHidden => contentHidden;
    }

    public static async Task<Results<Ok<Reply>, ApiProblem>> HandleAsync(
        string id, HttpContext http, ApprovalReads approvals, ApprovalGrades grades, SupportContext support, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var approvalId) || await approvals.FindAsync(approvalId, ct) is not { } approval)
            return ApprovalAnswers.NotFound();

        return TypedResults.Ok(http.HidesSealed(ApiKeyScopes.Approve) is { } hidden
            ? new Reply(ApprovalReply.Of(approval), null, null, null, null, hidden)
            : new Reply(
                ApprovalReply.Of(approval), await approvals.RevisionsAsync(approval, ct), await grades.OfAsync(approvalId, ct),
                await approvals.ResultAsync(approvalId, ct), await support.OfAsync(approval, ct), null));
    }
}
