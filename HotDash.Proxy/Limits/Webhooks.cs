namespace HotDash.Proxy.Limits;

/// <summary>Webhooks carry a signature instead of a key and are larger: they have limits of their own.</summary>
internal static class Webhooks
{
    public static bool Are(HttpContext context) => context.Request.Path.StartsWithSegments("/webhooks", StringComparison.OrdinalIgnoreCase);
}
