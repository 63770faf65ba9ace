using System.Security.Claims;
using System.Text.Json.Nodes;
using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.ControlPlane.Keys;
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

    public static async Task<Results<Ok<Reply>, ApiProblem>> HandleAsync(
        string id, ClaimsPrincipal caller, HttpResponse response, WebhookReads webhooks, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var eventId) || await webhooks.FindAsync(eventId, ct) is not { } opened)
            return NotFound();

        response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(opened switch
        {
            _ when !caller.HasScope(ApiKeyScopes.Operate) && !caller.HasScope(ApiKeyScopes.Admin) =>
                new Reply(opened.View, null, "It is shown to keys with the scope operate or admin."),
            { Body: null } => new Reply(opened.View, null, "It cannot be opened: its data-protection key is gone."),
            _ => Redacted.Of(opened.Body) is { } body ? new Reply(opened.View, body, null) : new Reply(opened.View, null, "It is no JSON."),
        });
    }

    public static ApiProblem NotFound() => ApiProblem.Of(StatusCodes.Status404NotFound, ProblemCodes.NotFound, "There is no event with this id.");
}
