using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Approvals;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Approvals;

/// <summary>Decides about all that a filter chooses, as long as that is what was seen.</summary>
internal static class DecideMany
{
    public enum Decision { Approve, Reject }

    /// <param name="Digest">Stands for all their ids and hashes.</param>
    public sealed record Selection(int Count, string Digest);

    /// <param name="Decision">approve or reject.</param>
    /// <param name="Reason">Of a rejection.</param>
    public sealed record Request(
        [property: Required] ApprovalQuery? Filter, [property: Required] string? Decision, [property: Required] int? Count, [property: Required] string? Digest, string? Reason);

    public static async Task<Results<Ok<Selection>, ApiProblem>> SelectAsync(
        ApprovalSelections selections,
        CancellationToken ct,
        [Description("such as support.reply")] string? kind = null,
        [Description("id of what it is about")] string? target = null,
        [Description("name of a key, or its id")] string? requester = null,
        [Description("1 to 3: at least this risk")] string? risk = null)
    {
        var errors = new FieldErrors();
        var filter = new ApprovalQuery { Kind = kind, Target = target, Requester = requester, Risk = risk }.Read(errors);
        if (errors.Any)
            return errors.ToProblem();

        var selection = await selections.SelectAsync(filter, ct);
        return selection.Actions.Count > ApprovalSelections.Max ? TooMany() : TypedResults.Ok(new Selection(selection.Actions.Count, selection.Digest));
    }

    public static async Task<Results<Ok<BulkDecision>, ApiProblem>> HandleAsync(Request request, ClaimsPrincipal caller, ApprovalSelections selections, CancellationToken ct)
    {
        var errors = new FieldErrors();
        errors.Require(request.Filter is not null, "filter", "is required; an empty one means all that wait for a decision.");
        errors.Require(request.Filter?.State is null, "filter.state", "must be left out: only those that wait for a decision are chosen.");
        var filter = (request.Filter ?? new()).Read(errors, "filter.");
        var decision = errors.RequiredOneOf<Decision>("decision", request.Decision);
        var digest = errors.Required("digest", request.Digest, 64);
        errors.Require(request.Count is not null, "count", "is required: how many they were.");
        var reason = decision is Decision.Reject ? errors.Required("reason", request.Reason, DecideApproval.MaxReason) : null;
        if (errors.Any)
            return errors.ToProblem();

        var selection = await selections.SelectAsync(filter, ct);
        return selection.Actions.Count == request.Count && selection.Digest == digest
            ? TypedResults.Ok(await selections.DecideAsync(selection, caller.Actor(), reason, ct))
            : ApiProblem.Of(StatusCodes.Status409Conflict, ProblemCodes.ActionChanged, "Others wait for a decision now than those that you saw: look at them again.");
    }

    private static ApiProblem TooMany() => ApiProblem.Invalid("filter", $"chooses more than {ApprovalSelections.Max} actions: choose fewer.");
}
