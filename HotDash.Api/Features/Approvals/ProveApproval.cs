using HotDash.Api.Problems;
using HotDash.ControlPlane.Approvals;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Approvals;

internal static class ProveApproval
{
    public static async Task<Results<Ok<ApprovalProof>, ApiProblem>> HandleAsync(string id, ApprovalProofs proofs, CancellationToken ct) =>
        Guid.TryParse(id, out var approvalId) && await proofs.ProveAsync(approvalId, ct) is { } proof ? TypedResults.Ok(proof) : ApprovalAnswers.NotFound();
}
