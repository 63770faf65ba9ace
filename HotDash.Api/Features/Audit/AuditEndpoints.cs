using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Keys;

namespace HotDash.Api.Features.Audit;

internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder api)
    {
        var audit = api.MapGroup("/audit").WithTags("Audit");

        audit.MapGet("/", ListEntries.HandleAsync).RequireScope(ApiKeyScopes.Read)
            .WithKnownQuery("kind", "objectId", "actor", "from", "to", "cursor", "limit")
            .WithSummary("Lists what was changed, by whom and why, newest first").WithProblems(400);
        audit.MapGet("/verify", VerifyAudit.HandleAsync).RequireScope(ApiKeyScopes.Operate).WithKnownQuery("seq", "hash")
            .WithSummary("Reads the whole log and says whether anybody edited, deleted or moved an entry, and where").WithProblems(400);
        audit.MapGet("/{id}", ShowEntry.HandleAsync).RequireScope(ApiKeyScopes.Read)
            .WithSummary("Shows one entry").WithProblems(404);
    }
}
