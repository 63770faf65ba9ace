using System.Net;
using System.Net.Sockets;

namespace HotDash.Proxy.Limits;

/// <summary>Whom a limit counts: one IPv4 address, or one IPv6 /64, which is what a single subscriber is given.</summary>
internal static class ClientAddress
{
    public static IPAddress Of(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => IPAddress.None,
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4(),
        { AddressFamily: AddressFamily.InterNetworkV6 } address => Network(address),
        var address => address,
    };

    private static IPAddress Network(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();

        return new IPAddress(bytes);
    }
}
