using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.ControlPlane.Keys;

namespace HotDash.Api.Features.Keys;

internal static class KeysEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/keys").WithTags("Keys").RequireScope(ApiKeyScopes.Admin);

        keys.MapGet("/", ListKeys.HandleAsync).WithSummary("Lists all keys, without their tokens");
        keys.MapPost("/", CreateKey.HandleAsync).WithSummary("Makes a key; its token is shown this once").WithProblems(400, 413, 415);
        keys.MapPost("/{id}/revoke", RevokeKey.HandleAsync).WithSummary("Ends a key within 60 s").WithProblems(404);
    }
}
