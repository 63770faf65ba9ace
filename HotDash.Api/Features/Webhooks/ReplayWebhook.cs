using System.Security.Claims;
using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.ControlPlane.Webhooks;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Webhooks;

internal static class ReplayWebhook
{
    public static async Task<Results<NoContent, ApiProblem>> HandleAsync(
        string id, ClaimsPrincipal caller, WebhookReads webhooks, WebhookReplays replays, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var eventId) || await webhooks.FindAsync(eventId, ct) is not { } opened)
            return ShowWebhook.NotFound();

        return await replays.ReplayAsync(opened.View, caller.Actor(), ct)
            ? TypedResults.NoContent()
            : ApiProblem.Of(StatusCodes.Status409Conflict, ProblemCodes.WrongState, "Only an event that was given up or ignored can be replayed: others had their effect, or will.");
    }
}
