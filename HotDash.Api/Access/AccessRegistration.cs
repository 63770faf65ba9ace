using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace HotDash.Api.Access;

internal static class AccessRegistration
{
    /// <summary>Every route needs a key unless it says otherwise, also a route that does not exist.</summary>
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        builder.Services.AddAuthentication(ApiKeyAuthentication.Name)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.Name, null);

        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());

        builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessRefusal>();
    }
}
