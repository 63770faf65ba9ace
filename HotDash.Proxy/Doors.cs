using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Model;

namespace HotDash.Proxy;

/// <summary>
/// The public ports open routes to the api alone; the management port opens the proxy's own endpoints alone. The port of the
/// connection decides, because a client writes the Host header but not the port it reached.
/// </summary>
internal sealed class Doors(RequestDelegate next, IOptions<ProxyOptions> options)
{
    public Task InvokeAsync(HttpContext context)
    {
        var routed = context.GetEndpoint()?.Metadata.GetMetadata<RouteModel>() is not null;

        if (routed == options.Value.IsManagement(context.Connection))
            context.SetEndpoint(null);

        return next(context);
    }
}
