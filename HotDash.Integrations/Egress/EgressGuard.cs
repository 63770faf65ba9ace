using System.Net;
using System.Net.Sockets;

namespace HotDash.Integrations;

/// <summary>
/// Makes the connections of one integration. A name is resolved once, every address of it is checked, and the connection goes to one
/// of the checked ones: a name that changes its mind between the check and the connection gains nothing. Only the configured origin may
/// be anywhere, since the sandbox and self-hosted providers are in private networks.
/// </summary>
/// <param name="configured">The integration's base address.</param>
/// <param name="resolve">All addresses of a name.</param>
internal sealed class EgressGuard(Uri? configured, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    /// <summary>Redirects are not followed, since one would carry the key and the write elsewhere; a proxy would resolve names out of our sight.</summary>
    public static SocketsHttpHandler Connections(Uri? configured) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ConnectCallback = new EgressGuard(configured, Dns.GetHostAddressesAsync).ConnectAsync,
    };

    /// <returns>The addresses that a connection to this origin may go to.</returns>
    /// <exception cref="EgressRefusedException">One of them is not public, or there is none.</exception>
    public async Task<IPAddress[]> CheckAsync(Uri origin, CancellationToken ct)
    {
        // The parser of IPAddress knows the notations that resolvers know: decimal, octal, hexadecimal, shortened.
        var host = origin.IdnHost;
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, ct);

        return IsConfigured(origin) || (addresses is not [] && addresses.All(PublicAddresses.Include))
            ? addresses
            : throw new EgressRefusedException();
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var origin = context.InitialRequestMessage.RequestUri!;
        var addresses = await CheckAsync(origin, ct);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsConfigured(Uri origin) => configured is not null
        && Uri.Compare(origin, configured, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) is 0;
}
