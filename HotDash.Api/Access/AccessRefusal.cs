using HotDash.Api.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace HotDash.Api.Access;

/// <summary>Says in a problem document what is missing: a valid key, or a scope of it.</summary>
internal sealed class AccessRefusal : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        authorizeResult switch
        {
            { Succeeded: true } => next(context),
            { Forbidden: true } => Forbidden(authorizeResult).ExecuteAsync(context),
            _ => UnauthorizedAsync(context),
        };

    private static ApiProblem Forbidden(PolicyAuthorizationResult result)
    {
        var missing = result.AuthorizationFailure?.FailedRequirements.OfType<ScopeRequirement>().Select(r => r.Scope).ToArray() ?? [];

        return missing is []
            ? ApiProblem.Of(StatusCodes.Status403Forbidden, "forbidden", "This key may not do that.")
            : ApiProblem.Of(StatusCodes.Status403Forbidden, "missing_scope", $"This needs a key with the scope {string.Join(", ", missing)}.");
    }

    private static Task UnauthorizedAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"hotdash\"";

        return ApiProblem.Of(StatusCodes.Status401Unauthorized, "unauthorized", "Send a valid key: Authorization: Bearer hd_…")
            .ExecuteAsync(context);
    }
}
