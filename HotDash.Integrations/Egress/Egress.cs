namespace HotDash.Integrations;

/// <summary>How connections to providers are made.</summary>
internal static class Egress
{
    // A redirect would carry the key and the write to an address that nobody configured.
    public static SocketsHttpHandler Connections(Uri? configured) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    };
}
