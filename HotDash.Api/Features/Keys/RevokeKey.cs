using System.Security.Claims;
using HotDash.Api.Access;
using HotDash.Api.Problems;
using HotDash.ControlPlane.Keys;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HotDash.Api.Features.Keys;

internal static class RevokeKey
{
    /// <summary>Revoking twice is harmless.</summary>
    public static async Task<Results<NoContent, ApiProblem>> HandleAsync(string id, ClaimsPrincipal caller, ApiKeyStore keys, CancellationToken ct)
    {
        if (!Guid.TryParse(id, out var keyId))
            return NoSuchKey();

        if (!await keys.RevokeAsync(keyId, caller.Actor(), ct) && (await keys.ListAsync(ct)).All(key => key.Id != keyId))
            return NoSuchKey();

        return TypedResults.NoContent();
    }

    private static ApiProblem NoSuchKey() => ApiProblem.Of(StatusCodes.Status404NotFound, ProblemCodes.NotFound, "There is no key with this id.");
}
