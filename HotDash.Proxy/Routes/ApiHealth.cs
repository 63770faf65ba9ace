using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;

namespace HotDash.Proxy.Routes;

/// <summary>
/// How one of several destinations leaves the rotation and returns. A single address is never judged: there is no other to
/// prefer, and its own answer says more than a stale verdict.
/// </summary>
internal static class ApiHealth
{
    public static HealthCheckConfig Checks(ProxyOptions options) => new()
    {
        // When none is healthy all are tried: an api without its database still answers what can be answered without it.
        AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
        Active = new()
        {
            Enabled = true,
            Path = "/health",
            Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
            Interval = options.HealthInterval,
            Timeout = options.HealthInterval,
        },
        Passive = new()
        {
            Enabled = true,
            Policy = HealthCheckConstants.PassivePolicy.TransportFailureRate,
            ReactivationPeriod = options.HealthInterval,
        },
    };
}
