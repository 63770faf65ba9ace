using System.Security.Claims;

namespace HotDash.Api.Access;

internal static class Caller
{
    /// <summary>The id of the verified key. Only for endpoints that require a scope.</summary>
    public static Guid KeyId(this ClaimsPrincipal user) => Guid.Parse(user.FindFirstValue(ClaimTypes.NameIdentifier)!);

    /// <summary>Who asks, to be written down: the key's name, which people know, and its id, which is one of a kind.</summary>
    public static string Actor(this ClaimsPrincipal user) => $"{user.FindFirstValue(ClaimTypes.Name)} {user.KeyId()}";

    public static bool HasScope(this ClaimsPrincipal user, string scope) => user.HasClaim(ScopeRequirement.ClaimType, scope);
}
