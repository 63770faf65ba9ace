using System.Globalization;

namespace HotDash.Sandbox.Shopify;

internal static class Times
{
    public static string Write(TimeProvider clock) => clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
