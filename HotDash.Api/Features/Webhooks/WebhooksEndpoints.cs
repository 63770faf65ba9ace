using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Keys;
using Microsoft.AspNetCore.Mvc;

namespace HotDash.Api.Features.Webhooks;

internal static class WebhooksEndpoints
{
    /// <summary>Where providers send to: no key, but a signature.</summary>
    public static void MapWebhookIntake(this IEndpointRouteBuilder app) => app.MapPost("/webhooks/{source}", TakeWebhook.HandleAsync)
        .AllowAnonymous()
        .WithTags("Webhooks")
        .WithMetadata(new RequestSizeLimitAttribute(TakeWebhook.MaxBytes))
        .WithSummary("Takes an event of chatwoot, shopify, or a configured sender of Standard Webhooks")
        .WithDescription("It is stored when the answer comes. The same delivery again is answered 200, and kept once.")
        .WithProblems(400, 401, 404, 413, 415, 500, 503);

    public static void MapWebhooks(this IEndpointRouteBuilder api)
    {
        var webhooks = api.MapGroup("/webhooks").WithTags("Webhooks");

        webhooks.MapGet("/", ListWebhooks.HandleAsync).RequireScope(ApiKeyScopes.Read)
            .WithKnownQuery("source", "topic", "resource", "state", "from", "to", "text", "cursor", "limit")
            .WithSummary("Lists events that providers sent, newest first").WithProblems(400);
        webhooks.MapGet("/inventory", ShowInventory.HandleAsync).RequireScope(ApiKeyScopes.Read)
            .WithSummary("Shows what providers shall tell us, what they are subscribed for, what came last, and what is silent for longer than usual");
        webhooks.MapGet("/{id}", ShowWebhook.HandleAsync).RequireScope(ApiKeyScopes.Read)
            .WithSummary("Shows one")
            .WithDescription("The body is shown to keys with the scope operate or admin, without what may be a customer's: its shape, numbers and plain words.")
            .WithProblems(404);
        webhooks.MapPost("/{id}/replay", ReplayWebhook.HandleAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Has an event handled anew that was given up or ignored").WithProblems(404, 409);
    }
}
