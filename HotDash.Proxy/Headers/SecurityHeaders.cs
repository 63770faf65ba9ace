using Microsoft.Net.Http.Headers;

namespace HotDash.Proxy.Headers;

/// <summary>Said with every answer, errors included. What the api chose itself for caching and content policy stands.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string NoContentPolicy = "default-src 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(static state => Apply((HttpContext)state), context);
        return next(context);
    }

    private static Task Apply(HttpContext context)
    {
        var headers = context.Response.Headers;

        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers[RequestIds.Header] = context.TraceIdentifier;
        headers.TryAdd(HeaderNames.ContentSecurityPolicy, NoContentPolicy);
        headers.TryAdd(HeaderNames.CacheControl, "no-store");

        if (context.Request.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";

        return Task.CompletedTask;
    }
}
