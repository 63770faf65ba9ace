using Microsoft.AspNetCore.Authorization;

namespace HotDash.Api.Access;

/// <summary>The scope that an endpoint asks for, readable from its metadata by the OpenAPI document.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ScopeAttribute(string scope) : Attribute, IAuthorizeData, IAuthorizationRequirementData
{
    public string Scope { get; } = scope;

    public string? Policy { get; set; }

    public string? Roles { get; set; }

    public string? AuthenticationSchemes { get; set; }

    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [new ScopeRequirement(Scope)];
}

/// <summary>The caller's key must carry this scope.</summary>
internal sealed class ScopeRequirement(string scope) : AuthorizationHandler<ScopeRequirement>, IAuthorizationRequirement
{
    public const string ClaimType = "scope";

    public string Scope { get; } = scope;

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        if (context.User.HasClaim(ClaimType, requirement.Scope))
            context.Succeed(requirement);

        return Task.CompletedTask;
    }
}
