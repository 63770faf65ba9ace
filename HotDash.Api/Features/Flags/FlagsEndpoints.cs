using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Keys;

namespace HotDash.Api.Features.Flags;

internal static class FlagsEndpoints
{
    public static void MapFlags(this IEndpointRouteBuilder api)
    {
        var flags = api.MapGroup("/flags").WithTags("Flags");
        flags.MapReads();
        flags.MapEvaluations();
        flags.MapTurns();
        flags.MapEdits();
    }

    private static void MapReads(this IEndpointRouteBuilder flags)
    {
        flags.MapGet("/", ListFlags.HandleAsync).RequireScope(ApiKeyScopes.Read).WithKnownQuery("cursor", "limit")
            .WithSummary("Lists flags by name").WithProblems(400);
        flags.MapGet("/{name}", ShowFlag.HandleAsync).RequireScope(ApiKeyScopes.Read)
            .WithSummary("Shows one; its version is the ETag").WithProblems(404);
        flags.MapGet("/{name}/overrides", ShowFlag.OverridesAsync).RequireScope(ApiKeyScopes.Read)
            .WithSummary("Lists the users for whom it is set by hand").WithProblems(404);
    }

    private static void MapEvaluations(this IEndpointRouteBuilder flags)
    {
        flags.MapGet("/{name}/evaluate", EvaluateFlag.Handle).RequireScope(ApiKeyScopes.Read).WithKnownQuery("user", "cohort")
            .WithSummary("Says whether it is on, and why")
            .WithDescription("Asked in this order: kill switch, environment, override for the user, dates, enabled, cohort, percentage.")
            .WithProblems(400, 404);
        flags.MapGet("/{name}/explain", EvaluateFlag.Explain).RequireScope(ApiKeyScopes.Read).WithKnownQuery("user", "cohort")
            .WithSummary("Says it step by step").WithProblems(400, 404);
        flags.MapPost("/evaluate", EvaluateFlag.Bulk).RequireScope(ApiKeyScopes.Read)
            .WithSummary("Evaluates several flags for one user, or all").WithProblems(400, 413, 415);
    }

    private static void MapTurns(this IEndpointRouteBuilder flags)
    {
        flags.MapPost("/{name}/enable", TurnFlag.EnableAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Switches it on for a share of the users").WithProblems(400, 404, 412, 413, 415);
        flags.MapPost("/{name}/disable", TurnFlag.DisableAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Switches it off").WithProblems(400, 404, 412, 413, 415);
        flags.MapPost("/{name}/rollback", TurnFlag.RollbackAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Lowers the percentage by so much, at most to 0")
            .WithDescription("Of a monotone flag nobody is taken out who was in: disable or kill it for that.")
            .WithProblems(400, 404, 412, 413, 415);
        flags.MapPost("/{name}/kill", TurnFlag.KillAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Off for everybody, whatever the environment and overrides say").WithProblems(400, 404, 412, 413, 415);
        flags.MapPost("/{name}/unkill", TurnFlag.UnkillAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Takes the kill switch back").WithProblems(400, 404, 412, 413, 415);
        flags.MapPut("/{name}/overrides/{user}", OverrideFlag.SetAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Sets it for one user").WithProblems(400, 404, 412, 413, 415);
        flags.MapDelete("/{name}/overrides/{user}", OverrideFlag.ClearAsync).RequireScope(ApiKeyScopes.Operate).WithKnownQuery(FlagFields.Reason)
            .WithSummary("For this user as for everybody").WithProblems(400, 404, 412);
    }

    private static void MapEdits(this IEndpointRouteBuilder flags)
    {
        flags.MapPost("/", CreateFlag.HandleAsync).RequireScope(ApiKeyScopes.Admin)
            .WithSummary("Makes a flag").WithProblems(400, 409, 413, 415);
        flags.MapPut("/{name}", UpdateFlag.HandleAsync).RequireScope(ApiKeyScopes.Admin)
            .WithSummary("Replaces all its settings; another name renames it")
            .WithDescription("Users keep their buckets. The kill switch and the overrides stay as they are.")
            .WithProblems(400, 404, 409, 412, 413, 415, 428);
        flags.MapDelete("/{name}", DeleteFlag.HandleAsync).RequireScope(ApiKeyScopes.Admin).WithKnownQuery(FlagFields.Reason)
            .WithSummary("Deletes it with its overrides").WithProblems(400, 404, 412, 428);
    }
}
