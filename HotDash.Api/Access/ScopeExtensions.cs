namespace HotDash.Api.Access;

internal static class ScopeExtensions
{
    /// <summary>The key must carry this one of <see cref="ControlPlane.Keys.ApiKeyScopes"/>; none implies another.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder builder, string scope) where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(new ScopeAttribute(scope));
}
