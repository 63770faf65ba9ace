using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Keys;

namespace HotDash.Api.Features.Stream;

internal static class StreamEndpoints
{
    public static void MapStream(this IEndpointRouteBuilder api) =>
        api.MapGet("/stream", StreamChanges.HandleAsync).RequireScope(ApiKeyScopes.Read).WithKnownQuery(StreamChanges.After).WithTags("Audit")
            .WithSummary("Tells of changes as they happen")
            .WithDescription("Server-sent events, in the order of the audit's chain. Last-Event-ID (or lastEventId) goes on after that event; without it, from now on.")
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
            .WithProblems(400);
}
