using System.Buffers;
using Microsoft.Net.Http.Headers;

namespace HotDash.Proxy.Headers;

/// <summary>The headers that may not pass from the outside in, or from the inside out.</summary>
internal static class HeaderRules
{
    public const string InternalPrefix = "X-HotDash-";

    /// <summary>RFC 9110, 5.6.2.</summary>
    private static readonly SearchValues<char> Token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    private static readonly string[] ClaimedPrefixes = [InternalPrefix, "X-Forwarded-", "X-Original-", "X-Envoy-"];

    /// <summary>Where a request came from or should go, as somebody else's proxy would say it; our own values are set when forwarding.</summary>
    private static readonly string[] Claimed =
    [
        "Forwarded", "X-Real-IP", "X-Client-IP", "X-Cluster-Client-IP", "True-Client-IP", "CF-Connecting-IP", "Fastly-Client-IP",
        "X-Rewrite-URL", "X-HTTP-Method", "X-HTTP-Method-Override", "X-Method-Override", "X-Host", "X-ProxyUser-IP", HeaderNames.Upgrade,
    ];

    private static readonly string[] Revealing = [HeaderNames.Server, HeaderNames.XPoweredBy, "X-AspNet-Version", "Via"];

    /// <summary>Kestrel takes any other name, too, and a server in front may have read it differently.</summary>
    public static bool HaveNames(this IHeaderDictionary headers)
    {
        foreach (var (name, _) in headers)
        {
            if (name.AsSpan().ContainsAnyExcept(Token))
                return false;
        }

        return true;
    }

    public static void RemoveClaims(this IHeaderDictionary headers)
    {
        headers.RemoveNominated();
        headers.RemoveAll(ClaimedPrefixes);

        foreach (var name in Claimed)
            headers.Remove(name);
    }

    public static void RemoveInternal(this IHeaderDictionary headers)
    {
        headers.RemoveAll([InternalPrefix]);

        foreach (var name in Revealing)
            headers.Remove(name);
    }

    /// <summary>RFC 9110, 7.6.1: fields named by Connection are meant for the next hop alone, which is us.</summary>
    private static void RemoveNominated(this IHeaderDictionary headers)
    {
        if (headers.Connection.Count == 0)
            return;

        foreach (var name in headers.GetCommaSeparatedValues(HeaderNames.Connection))
            headers.Remove(name);
    }

    private static void RemoveAll(this IHeaderDictionary headers, ReadOnlySpan<string> prefixes)
    {
        List<string>? found = null;
        foreach (var (name, _) in headers)
            foreach (var prefix in prefixes)
                if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                    (found ??= []).Add(name);

        foreach (var name in found ?? [])
            headers.Remove(name);
    }
}
