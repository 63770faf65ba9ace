using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using HotDash.Api.Access;
using HotDash.Api.Features.Approvals;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Support;
using HotDash.Integrations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Support;

internal static class PostDraft
{
    private const int MaxSources = 20;
    private const int MaxSource = 500;

    /// <summary>A class: a record would print the words.</summary>
    public sealed class Request
    {
        /// <summary>What the customer shall read, as it is: up to 50,000 characters.</summary>
        [Required]
        public string? Content { get; init; }

        /// <summary>How sure you are: 0 to 1.</summary>
        [Required]
        public double? Confidence { get; init; }

        /// <summary>What you drew on: up to 20, of 500 characters each.</summary>
        public IReadOnlyList<string?>? Sources { get; init; }

        /// <summary>Number of the customer's message that you answer; the newest unless given.</summary>
        public string? InReplyTo { get; init; }
    }

    /// <param name="Answers">The customer's message that it answers. If there is a newer one, the approval is stale.</param>
    public sealed record Reply(ApprovalReply Approval, string Answers)
    {
        public static Reply Of(SubmittedDraft draft) => new(ApprovalReply.Of(draft.Approval), draft.Answers);
    }

    public static async Task<Results<Created<Reply>, Ok<Reply>, ApiProblem>> HandleAsync(
        string id, Request request, ClaimsPrincipal caller, SupportDrafts drafts, CancellationToken ct)
    {
        var errors = new FieldErrors();
        var draft = Read(errors, id, request);
        if (errors.Any)
            return errors.ToProblem();

        try
        {
            var submitted = await drafts.SubmitAsync(draft, caller.Actor(), ct);
            return submitted.IsNew ? TypedResults.Created($"/api/approvals/{submitted.Approval.Id}", Reply.Of(submitted)) : TypedResults.Ok(Reply.Of(submitted));
        }
        catch (IntegrationException e) when (e.Code is IntegrationCodes.NotFound)
        {
            return NoConversation();
        }
    }

    public static ApiProblem NoConversation() => ApiProblem.Of(StatusCodes.Status404NotFound, ProblemCodes.NotFound, "Chatwoot has no conversation with this number.");

    private static Draft Read(FieldErrors errors, string id, Request request)
    {
        errors.Require(request.Confidence is >= 0 and <= 1, "confidence", "must be a number from 0 to 1.");
        if (request.InReplyTo is { } message)
            errors.Number("inReplyTo", message, "a message");

        return new()
        {
            ConversationId = errors.Number("id", id, "a conversation"),
            Content = errors.Required("content", request.Content, EditApproval.MaxContent) ?? "",
            Confidence = request.Confidence ?? 0,
            Sources = Sources(errors, request.Sources ?? []),
            InReplyTo = request.InReplyTo,
        };
    }

    private static IReadOnlyList<string> Sources(FieldErrors errors, IReadOnlyList<string?> sources)
    {
        errors.Require(sources.Count <= MaxSources, "sources", $"must be at most {MaxSources}.");
        for (var place = 0; place < sources.Count; place++)
            errors.Required($"sources[{place}]", sources[place], MaxSource);

        return [.. sources.OfType<string>()];
    }
}
