using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace HotDash.Proxy;

/// <summary>Configuration section <c>Proxy</c>. The host refuses to start when a value is out of its range.</summary>
public sealed class ProxyOptions
{
    public const string Section = "Proxy";

    /// <summary>Base addresses of the api. One logical name in development; several are balanced and checked for health.</summary>
    [MinLength(1)]
    public IList<string> Destinations { get; init; } = [];

    /// <summary>A policy name of YARP: PowerOfTwoChoices, RoundRobin, LeastRequests, Random or FirstAlphabetical.</summary>
    [RegularExpression("PowerOfTwoChoices|RoundRobin|LeastRequests|Random|FirstAlphabetical")]
    public string LoadBalancing { get; init; } = "PowerOfTwoChoices";

    /// <summary>How often each of several destinations is asked for <c>/health</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    public TimeSpan HealthInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The loopback port that answers <c>/health</c> and <c>/alive</c>, and nothing else. 0: they are not served.</summary>
    [Range(0, 65535)]
    public int ManagementPort { get; init; }

    /// <summary>Addresses or networks (CIDR) of the proxies in front of this one, whose X-Forwarded headers are believed.</summary>
    public IList<string> TrustedProxies { get; init; } = [];

    /// <summary>Bytes a body may have on <c>/api</c> and <c>/ofrep</c>.</summary>
    [Range(1, 28_000_000)]
    public long MaxBodyBytes { get; init; } = 1024 * 1024;

    /// <summary>Bytes a body may have on <c>/webhooks</c>; providers send whole orders.</summary>
    [Range(1, 28_000_000)]
    public long MaxWebhookBodyBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>Longest silence between two reads or writes of one exchange with the api.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    public TimeSpan ActivityTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest duration of a whole exchange; event streams are exempt.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromSeconds(100);

    [ValidateObjectMembers]
    public ProxyRateLimits RateLimits { get; init; } = new();

    internal bool IsManagement(ConnectionInfo connection) => ManagementPort != 0 && connection.LocalPort == ManagementPort;
}

/// <summary>Configuration section <c>Proxy:RateLimits</c>.</summary>
public sealed class ProxyRateLimits
{
    /// <summary>For each address (an IPv6 /64 counts as one), with or without a key.</summary>
    [ValidateObjectMembers]
    public RateLimit Address { get; init; } = new() { Requests = 3000 };

    /// <summary>For each key that the api has verified, over all its addresses.</summary>
    [ValidateObjectMembers]
    public RateLimit Key { get; init; } = new() { Requests = 1500 };

    /// <summary>
    /// For each address that sends webhooks: twice the 500 a second that the inbox is made for, and ten seconds of that at once, because a
    /// provider sends everything from few addresses and counts a refusal as our failure (Chatwoot does not try again). What nobody has
    /// signed costs a hash of its body, no more, so the limit need only hold floods.
    /// </summary>
    [ValidateObjectMembers]
    public RateLimit Webhooks { get; init; } = new() { Requests = 10_000, Window = TimeSpan.FromSeconds(10) };
}

/// <summary>So many requests at once, given back evenly over the window.</summary>
public sealed class RateLimit
{
    [Range(1, 1_000_000_000)]
    public int Requests { get; init; }

    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(1);
}

[OptionsValidator]
internal sealed partial class ProxyOptionsValidator : IValidateOptions<ProxyOptions>;
