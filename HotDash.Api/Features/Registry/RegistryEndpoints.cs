using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.Api.Requests;
using HotDash.ControlPlane.Keys;

namespace HotDash.Api.Features.Registry;

internal static class RegistryEndpoints
{
    public static void MapRegistry(this IEndpointRouteBuilder api)
    {
        var integrations = api.MapGroup("/integrations").WithTags("Integrations");

        integrations.MapGet("/", ListIntegrations.HandleAsync).RequireScope(ApiKeyScopes.Read).WithKnownQuery("enabled")
            .WithSummary("Lists the integrations and how each of them stands").WithProblems(400);
        integrations.MapGet("/{key}", ShowIntegration.HandleAsync).RequireScope(ApiKeyScopes.Read)
            .WithSummary("Shows one, with its last calls by operation").WithProblems(404);
        integrations.MapPost("/check", CheckIntegrations.AllAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Looks how all of them are, side by side")
            .WithDescription("What is switched off, disconnected or without credentials is not asked: its status says so.");
        integrations.MapPost("/{key}/check", CheckIntegrations.OneAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Looks how one is, now").WithProblems(404);
        integrations.MapGet("/{key}/parity", CheckParity.HandleAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Compares what is asked of shopify with its schema, in the version that is configured: what is missing, deprecated or new").WithProblems(404);
        integrations.MapPost("/connect", ConnectIntegrations.EnabledAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Connects all that are switched on");
        integrations.MapPost("/{key}/connect", ConnectIntegrations.OneAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Lets calls go again, and looks how it is")
            .WithDescription("Ends a disconnection or a pause and closes the circuit breakers, in all processes within a second.")
            .WithProblems(404, 409);
        integrations.MapPost("/{key}/disconnect", DisconnectIntegration.HandleAsync).RequireScope(ApiKeyScopes.Operate)
            .WithSummary("Sends no call to it any more, until somebody connects it")
            .WithDescription("Reads answer from a snapshot or examples, writes with 503 integration_paused and the reason, jobs wait.")
            .WithProblems(400, 404, 413, 415);
    }
}
