using System.Net;
using System.Net.Sockets;

namespace Aspire.Hosting.Engine;

/// <summary>Ports on this machine's own addresses.</summary>
internal static class Ports
{
    private static readonly IPAddress[] Addresses =
        Socket.OSSupportsIPv6 ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : [IPAddress.Loopback];

    /// <summary>A port that is free on both loopback addresses, as servers that listen on <c>localhost</c> take both.</summary>
    public static int FindFree()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            listener.Stop();

            if (IsFree(port))
                return port;
        }
    }

    public static bool IsFree(int port) => Addresses.All(address => CanListen(address, port));

    private static bool CanListen(IPAddress address, int port)
    {
        try
        {
            using var listener = new TcpListener(address, port);
            listener.Start();
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressNotAvailable)
        {
            // A machine without IPv6 addresses: nobody listens there.
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
