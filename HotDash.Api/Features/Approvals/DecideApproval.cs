using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Approvals;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Approvals;

/// <summary>What a person decides about one action.</summary>
internal static class DecideApproval
{
    public const int MaxReason = 500;

    private const int HashLength = 64;

    /// <param name="Hash">Of what you saw.</param>
    public sealed record ApproveRequest([property: Required] string? Hash);

    /// <param name="Hash">Of what you saw.</param>
    public sealed record RejectRequest([property: Required] string? Hash, [property: Required] string? Reason);

    /// <param name="Happened">Whether it had its effect.</param>
    public sealed record SettleRequest([property: Required] bool? Happened, [property: Required] string? Reason);

    public static async Task<Results<Ok<ApprovalReply>, ApiProblem>> ApproveAsync(
        string id, ApproveRequest request, ClaimsPrincipal caller, ApprovalStore approvals, CancellationToken ct)
    {
        var errors = new FieldErrors();
        var hash = errors.Required("hash", request.Hash, HashLength);
        if (errors.Any)
            return errors.ToProblem();

        return await ApprovalAnswers.ChangedAsync(id, approval => approvals.ApproveAsync(approval, hash!, caller.Actor(), ct));
    }

    public static async Task<Results<Ok<ApprovalReply>, ApiProblem>> RejectAsync(
        string id, RejectRequest request, ClaimsPrincipal caller, ApprovalStore approvals, CancellationToken ct)
    {
        var errors = new FieldErrors();
        var hash = errors.Required("hash", request.Hash, HashLength);
        var reason = errors.Required("reason", request.Reason, MaxReason);
        if (errors.Any)
            return errors.ToProblem();

        return await ApprovalAnswers.ChangedAsync(id, approval => approvals.RejectAsync(approval, hash!, reason!, caller.Actor(), ct));
    }

    public static async Task<Results<Ok<ApprovalReply>, ApiProblem>> SettleAsync(
        string id, SettleRequest request, ClaimsPrincipal caller, ApprovalStore approvals, CancellationToken ct)
    {
        var errors = new FieldErrors();
        errors.Require(request.Happened is not null, "happened", "is required: whether it had its effect.");
        var reason = errors.Required("reason", request.Reason, MaxReason);
        if (errors.Any)
            return errors.ToProblem();

        return await ApprovalAnswers.ChangedAsync(id, approval => approvals.SettleAsync(approval, request.Happened!.Value, reason!, caller.Actor(), ct));
    }
}
