using HotDash.Proxy.Headers;
using HotDash.Proxy.Limits;
using Microsoft.AspNetCore.Http.Timeouts;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace HotDash.Proxy.Routes;

/// <summary>What changes on the way to the api and back, beyond YARP's own: hop-by-hop headers dropped, X-Forwarded-* set.</summary>
internal sealed class ApiTransforms(VerifiedKeys keys) : ITransformProvider
{
    public void Apply(TransformBuilderContext context)
    {
        context.AddXForwarded(ForwardedTransformActions.Set);
        context.AddRequestTransform(PassRequestId);
        context.AddRequestTransform(EncodedSlashes.Keep);
        context.AddResponseTransform(CleanAnswer);
    }

    public void ValidateRoute(TransformRouteValidationContext context) { }

    public void ValidateCluster(TransformClusterValidationContext context) { }

    private static ValueTask PassRequestId(RequestTransformContext context)
    {
        context.ProxyRequest.Headers.Remove(RequestIds.Header);
        context.ProxyRequest.Headers.TryAddWithoutValidation(RequestIds.Header, context.HttpContext.TraceIdentifier);

        return ValueTask.CompletedTask;
    }

    private ValueTask CleanAnswer(ResponseTransformContext context)
    {
        keys.Learn(context.HttpContext);
        context.HttpContext.Response.Headers.RemoveInternal();

        // An event stream lives as long as it talks: the activity time-out still ends a silent one.
        if (context.ProxyResponse?.Content.Headers.ContentType?.MediaType is "text/event-stream")
            context.HttpContext.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();

        return ValueTask.CompletedTask;
    }
}
