using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace HotDash.Proxy.Headers;

/// <summary>
/// Believes X-Forwarded headers from configured proxies alone. The framework's defaults trust loopback, and trust everyone
/// when both of its lists are empty; neither is wanted at the front door.
/// </summary>
internal static class TrustedProxies
{
    public static void AddForwardedHeaders(this IServiceCollection services) =>
        services.AddOptions<ForwardedHeadersOptions>().PostConfigure<IOptions<ProxyOptions>>((forwarded, proxy) =>
        {
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            forwarded.ForwardLimit = null;
            forwarded.ForwardedHeaders = proxy.Value.TrustedProxies.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.All;

            foreach (var trusted in proxy.Value.TrustedProxies)
                forwarded.KnownIPNetworks.Add(Parse(trusted) ?? throw new InvalidOperationException());
        });

    public static bool IsNetwork(string text) => Parse(text) is not null;

    private static System.Net.IPNetwork? Parse(string text) =>
        System.Net.IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new(address, address.GetAddressBytes().Length * 8)
        : null;
}
