using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Keys;

namespace HotDash.Api.Features.Support;

/// <summary>Nothing here reaches a customer: what does needs an approval.</summary>
internal static class SupportEndpoints
{
    public static void MapSupport(this IEndpointRouteBuilder api)
    {
        var support = api.MapGroup("/support").WithTags("Support");

        support.MapGet("/conversations", ListConversations.HandleAsync).RequireScope(ApiKeyScopes.Read)
            .WithKnownQuery("status", "assignee", "inbox", "label", "q", "cursor")
            .WithSummary("Lists conversations with customers, the latest activity first").WithProblems(400, 409);
        support.MapPost("/conversations/{id}/drafts", PostDraft.HandleAsync).RequireScope(ApiKeyScopes.Ingest)
            .WithSummary("Proposes a reply: agents see it as a note, and it waits for an approval")
            .WithDescription("The customer gets it when somebody approves it, byte for byte. The same draft again answers the one that is there (200).")
            .WithProblems(400, 404, 413, 415);
    }
}
