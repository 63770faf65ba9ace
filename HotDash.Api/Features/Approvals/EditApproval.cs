using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Approvals;
using HotDash.Integrations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Approvals;

internal static class EditApproval
{
    public const int MaxContent = 50_000;

    /// <summary>A class: a record would print the words.</summary>
    public sealed class Request
    {
        /// <summary>Of what you saw.</summary>
        [Required]
        public string? Hash { get; init; }

        [Required]
        public string? Content { get; init; }
    }

    public static async Task<Results<Ok<ApprovalReply>, ApiProblem>> HandleAsync(
        string id, Request request, ClaimsPrincipal caller, ApprovalStore approvals, CancellationToken ct)
    {
        var errors = new FieldErrors();
        var hash = errors.Required("hash", request.Hash, 64);
        var content = errors.Required("content", request.Content, MaxContent);
        if (errors.Any)
            return errors.ToProblem();

        try
        {
            return await ApprovalAnswers.ChangedAsync(id, approval => approvals.EditAsync(approval, hash!, content!, caller.Actor(), ct));
        }
        catch (ContentRefusedException e)
        {
            errors.Add("content", e.Message);
            return errors.ToProblem();
        }
    }
}
