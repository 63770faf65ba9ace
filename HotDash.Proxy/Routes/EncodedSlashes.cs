using System.Buffers;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Transforms;

namespace HotDash.Proxy.Routes;

/// <summary>
/// An encoded slash is part of a name. YARP writes the decoded path anew and would make <c>%252F</c> of it, so such a path is
/// passed as it came. Only when it has nothing that two readers could resolve differently: dots for a segment, backslashes.
/// </summary>
internal static class EncodedSlashes
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@%/?");

    public static ValueTask Keep(RequestTransformContext context)
    {
        var target = context.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

        if (target.Contains("%2F", StringComparison.OrdinalIgnoreCase) && IsUnmistakable(target))
            context.ProxyRequest.RequestUri = new Uri(context.DestinationPrefix.TrimEnd('/') + target);

        return ValueTask.CompletedTask;
    }

    private static bool IsUnmistakable(string target) =>
        target.StartsWith('/')
        && !target.AsSpan().ContainsAnyExcept(Plain)
        && !target.Contains("/.", StringComparison.Ordinal)
        && !target.Contains("%2E", StringComparison.OrdinalIgnoreCase)
        && !target.Contains("%5C", StringComparison.OrdinalIgnoreCase);
}
