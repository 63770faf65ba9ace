using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Approvals;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Approvals;

internal static class GradeApproval
{
    private const int MaxComment = 2000;

    /// <summary>Each from 1 (bad) to 5 (good). A class: a record would print the comment.</summary>
    public sealed class Request
    {
        [Required]
        public int? Tone { get; init; }

        [Required]
        public int? Accuracy { get; init; }

        [Required]
        public int? Policy { get; init; }

        public string? Comment { get; init; }
    }

    public static async Task<Results<NoContent, ApiProblem>> HandleAsync(string id, Request request, ClaimsPrincipal caller, ApprovalGrades grades, CancellationToken ct)
    {
        var errors = new FieldErrors();
        foreach (var (field, value) in new[] { ("tone", request.Tone), ("accuracy", request.Accuracy), ("policy", request.Policy) })
            errors.Require(value is >= 1 and <= 5, field, "must be a whole number from 1 (bad) to 5 (good).");
        var comment = errors.Optional("comment", request.Comment, MaxComment);
        if (errors.Any)
            return errors.ToProblem();

        var grade = new Grade(caller.Actor(), request.Tone!.Value, request.Accuracy!.Value, request.Policy!.Value) { Comment = comment };
        return Guid.TryParse(id, out var approval) && await grades.GradeAsync(approval, grade, ct) ? TypedResults.NoContent() : ApprovalAnswers.NotFound();
    }
}
