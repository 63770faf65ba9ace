namespace HotDash.Sandbox;

internal static class ProviderPath
{
    /// <returns>The provider that the path's first part names.</returns>
    public static IProvider? ProviderIn(this HttpContext context, IEnumerable<IProvider> providers) =>
        providers.FirstOrDefault(provider => context.Request.Path.StartsWithSegments($"/{provider.Key}", StringComparison.Ordinal));
}
