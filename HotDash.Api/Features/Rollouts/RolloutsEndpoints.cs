using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Keys;

namespace HotDash.Api.Features.Rollouts;

internal static class RolloutsEndpoints
{
    public static void MapRollouts(this IEndpointRouteBuilder api)
    {
        var rollouts = api.MapGroup("/rollouts").WithTags("Rollouts");
        rollouts.MapReads();
        rollouts.MapMoves();
        rollouts.MapPost("/contract-results", KeepContractResult.HandleAsync).RequireScope(ApiKeyScopes.Ingest)
            .WithSummary("Tells how an integration's contract suite ended").WithProblems(400, 404, 413, 415);
    }

    private static void MapReads(this IEndpointRouteBuilder rollouts)
    {
        rollouts.MapGet("/", ListRollouts.HandleAsync).RequireScope(ApiKeyScopes.Read).WithKnownQuery("cursor", "limit")
            .WithSummary("Lists rollouts by flag").WithProblems(400);
        rollouts.MapGet("/{flag}", ShowRollout.HandleAsync).RequireScope(ApiKeyScopes.Read)
            .WithSummary("Shows one: its stage, its evidence, what can be done, and its newest findings").WithProblems(404);
        rollouts.MapGet("/{flag}/history", ShowRollout.HistoryAsync).RequireScope(ApiKeyScopes.Read).WithKnownQuery("cursor", "limit")
            .WithSummary("Lists all that checks have found, the newest first").WithProblems(400, 404);
        rollouts.MapGet("/{flag}/validate", ValidateRollout.HandleAsync).RequireScope(ApiKeyScopes.Read)
            .WithSummary("Says whether the flag can be rolled out, and what is missing");
    }

    private static void MapMoves(this IEndpointRouteBuilder rollouts)
    {
        rollouts.MapPost("/{flag}/start", StartRollout.HandleAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Starts one, at the stage at which the flag is; again after a rollback")
            .WithDescription("Stages: INTERNAL, BETA, EARLY_ACCESS, LIMITED, GENERAL, FULL.")
            .WithProblems(400, 404, 409, 413, 415);
        rollouts.MapPost("/{flag}/advance", MoveRollout.AdvanceAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("To the next stage; at the target it is completed").WithProblems(400, 404, 409, 413, 415);
        rollouts.MapPost("/{flag}/pause", MoveRollout.PauseAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Leaves the flag as it is; it goes on being judged").WithProblems(400, 404, 409, 413, 415);
        rollouts.MapPost("/{flag}/resume", MoveRollout.ResumeAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Goes on; the stage is judged afresh").WithProblems(400, 404, 409, 413, 415);
        rollouts.MapPost("/{flag}/rollback", MoveRollout.RollbackAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("To the last stage that was left in good health, else off")
            .WithDescription("Off at once where the flag is monotone, or switches integrations, which are disconnected then.")
            .WithProblems(400, 404, 409, 413, 415);
        rollouts.MapPost("/{flag}/check", CheckRollout.HandleAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Judges it now, and asks the providers how they are").WithProblems(404, 409);
    }
}
