using System.Security.Claims;

namespace HotDash.Api.Access;

internal static class Caller
{
    /// <summary>The id of the verified key. Only for endpoints that require a scope.</summary>
    public static Guid KeyId(this ClaimsPrincipal user) => Guid.Parse(user.FindFirstValue(ClaimTypes.NameIdentifier)!);
}
