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
        support.MapGet("/conversations/{id}/transcript", ShowTranscript.HandleAsync).RequireScope(ApiKeyScopes.Operate).WithKnownQuery("format")
            .WithSummary("Exports what was said to and by the customer, with e-mail addresses, phone numbers and card numbers redacted").WithProblems(400, 404);
        support.MapLabels();
    }

    private static void MapLabels(this IEndpointRouteBuilder support)
    {
        support.MapGet("/labels", Labels.ListAsync).RequireScope(ApiKeyScopes.Read)
            .WithSummary("Lists what the labels of Chatwoot mean here; of several for a category, the first is given");
        support.MapPut("/labels/{label}", Labels.MapAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Says which category a label stands for").WithProblems(400, 413, 415);
        support.MapDelete("/labels/{label}", Labels.UnmapAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Has a label stand for nothing").WithProblems(404);
        support.MapGet("/conversations/{id}/categories", Categories.ShowAsync).RequireScope(ApiKeyScopes.Read)
            .WithSummary("Shows the categories of a conversation, and the labels that say so").WithProblems(400, 404);
        support.MapPut("/conversations/{id}/categories", Categories.SetAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Gives a conversation exactly these categories; a job gives it their labels in Chatwoot").WithProblems(400, 413, 415);
    }
}
