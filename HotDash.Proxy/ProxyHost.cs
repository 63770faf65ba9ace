using HotDash.Proxy.Headers;
using HotDash.Proxy.Limits;
using HotDash.Proxy.Problems;
using HotDash.Proxy.Routes;

namespace HotDash.Proxy;

/// <summary>The table of contents of the front door: what it consists of, and in which order a request meets it.</summary>
public static class ProxyHost
{
    public static void AddHotDashProxy(this WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults();
        builder.AddProxyOptions();
        builder.AddServer();
        builder.Services.AddForwardedHeaders();
        builder.Services.AddRateLimits();
        builder.Services.AddRoutes();
    }

    public static void UseHotDashProxy(this WebApplication app)
    {
        app.UseMiddleware<RequestIds>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<ProblemAnswers>();
        app.UseForwardedHeaders();
        app.UseMiddleware<ClientRequestRules>();
        app.UseRouting();
        app.UseMiddleware<Doors>();
        app.UseRateLimiter();
        app.UseRequestTimeouts();
        app.UseMiddleware<BodyLimits>();

        app.MapDefaultEndpoints();
        app.MapReverseProxy(forwarding => forwarding.UseLoadBalancing().UsePassiveHealthChecks());
    }
}
