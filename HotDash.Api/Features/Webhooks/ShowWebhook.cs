using System.Text.Json.Nodes;
using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.ControlPlane.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Webhooks;

internal static class ShowWebhook
{
    /// <summary>A class: a record would print the body.</summary>
    public sealed class Reply(WebhookView received, JsonNode? body, string? bodyHidden)
    {
        public WebhookView Event => received;

        public JsonNode? Body => body;

        /// <summary>Why the body is not shown.</summary>
        public string? BodyHidden => bodyHidden;
    }

    public static async Task<Results<Ok<Reply>, ApiProblem>> HandleAsync(string id, HttpContext http, WebhookReads webhooks, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var eventId) || await webhooks.FindAsync(eventId, ct) is not { } opened)
            return NotFound();

        var hidden = http.HidesSealed() ?? (opened.Body is null ? SealedContent.Gone : null);
        var body = hidden is null ? Redacted.Of(opened.Body!) : null;
        return TypedResults.Ok(new Reply(opened.View, body, hidden ?? (body is null ? "It is no JSON." : null)));
    }

    public static ApiProblem NotFound() => ApiProblem.Of(StatusCodes.Status404NotFound, ProblemCodes.NotFound, "There is no event with this id.");
}
