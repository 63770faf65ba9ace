using System.Net;
using System.Net.Sockets;

namespace HotDash.Integrations;

/// <summary>
/// Addresses of the public internet: the registries of IANA without what is special, and without the one metadata service that hides
/// behind a public address. https://www.iana.org/assignments/iana-ipv4-special-registry https://www.iana.org/assignments/iana-ipv6-special-registry
/// </summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] NotPublic4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "168.63.129.16/32", // Azure's platform: https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
        }.Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    // Protocol assignments with Teredo, documentation, and 6to4, which carries an IPv4 address of anyone's choice.
    private static readonly IPNetwork[] NotPublic6 =
        [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse)];

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    public static bool Include(IPAddress address)
    {
        if (address.AddressFamily is AddressFamily.InterNetwork)
            return !NotPublic4.Any(network => network.Contains(address));

        if (address.IsIPv4MappedToIPv6)
            return Include(address.MapToIPv4());

        // Where a network has IPv6 alone, its resolver names every IPv4 host so.
        if (Nat64.Contains(address))
            return Include(new IPAddress(address.GetAddressBytes()[12..]));

        return Global6.Contains(address) && !NotPublic6.Any(network => network.Contains(address));
    }
}
