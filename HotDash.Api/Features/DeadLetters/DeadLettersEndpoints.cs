using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Keys;

namespace HotDash.Api.Features.DeadLetters;

internal static class DeadLettersEndpoints
{
    private static readonly string[] Filter = ["integration", "operation", "failure", "state", "from", "to", "text"];

    public static void MapDeadLetters(this IEndpointRouteBuilder api)
    {
        var letters = api.MapGroup("/dead-letters").WithTags("Dead letters");
        letters.MapReads();
        letters.MapDecisions();
        letters.MapGroup("/replays").MapReplays();
    }

    private static void MapReads(this IEndpointRouteBuilder letters)
    {
        letters.MapGet("/", ListLetters.HandleAsync).RequireScope(ApiKeyScopes.Read).WithKnownQuery([.. Filter, "cursor", "limit"])
            .WithSummary("Lists writes that could not be delivered, newest first").WithProblems(400);
        letters.MapGet("/groups", ListGroups.HandleAsync).RequireScope(ApiKeyScopes.Read).WithKnownQuery("integration", "operation", "failure", "text")
            .WithSummary("Counts them by cause, those with the most open letters first").WithProblems(400);
        letters.MapGet("/{id}", ShowLetter.HandleAsync).RequireScope(ApiKeyScopes.Read)
            .WithSummary("Shows one")
            .WithDescription("The request is shown to keys with the scope operate or admin; of its headers, only those that are known to be harmless.")
            .WithProblems(404);
    }

    private static void MapDecisions(this IEndpointRouteBuilder letters)
    {
        letters.MapPost("/discard", DiscardLetters.HandleAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Decides that letters shall not be sent").WithProblems(400, 413, 415);
        letters.MapPost("/{id}/settle", SettleLetter.HandleAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Says of a write whose outcome is unknown what somebody found at the provider")
            .WithDescription("happened: it is settled. Not happened: it waits, and may be sent again.")
            .WithProblems(400, 404, 409, 413, 415);
    }

    private static void MapReplays(this IEndpointRouteBuilder replays)
    {
        replays.MapPost("/", PreviewReplay.HandleAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Makes a preview of a replay: which letters, by cause, and how many had their effect already")
            .WithDescription("Which letters it is about is frozen now. Nothing is sent before it is started.")
            .WithProblems(400, 413, 415);
        replays.MapGet("/", ListReplays.HandleAsync).RequireScope(ApiKeyScopes.Read).WithKnownQuery("cursor", "limit")
            .WithSummary("Lists replays, newest first").WithProblems(400);
        replays.MapGet("/{id}", ShowReplay.HandleAsync).RequireScope(ApiKeyScopes.Read)
            .WithSummary("Shows how far a replay is").WithProblems(404);
        replays.MapPost("/{id}/start", ChangeReplay.StartAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Starts a preview, or goes on after a pause or a stop").WithProblems(404, 409);
        replays.MapPost("/{id}/pause", ChangeReplay.PauseAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Sends nothing more until it is started again").WithProblems(404, 409);
        replays.MapPost("/{id}/cancel", ChangeReplay.CancelAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Ends a replay; what it did not send stays in the queue").WithProblems(404, 409);
    }
}
