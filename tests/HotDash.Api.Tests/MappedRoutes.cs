using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HotDash.Api.Tests;

/// <summary>A route as the api maps it.</summary>
/// <param name="Path">As a template, without a slash at its end.</param>
internal sealed record MappedRoute(string Method, string Path)
{
    public bool Changes => Method is not ("GET" or "HEAD" or "OPTIONS");

    public override string ToString() => $"{Method} {Path}";
}

internal static class MappedRoutes
{
    /// <summary>All of them, from the table that requests are routed by. What takes any method is asked with GET.</summary>
    public static IReadOnlyList<MappedRoute> Of(ApiUnderTest api) =>
    [
        .. api.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                .Select(method => new MappedRoute(method, $"/{endpoint.RoutePattern.RawText!.Trim('/')}")))
            .OrderBy(route => route.Path, StringComparer.Ordinal).ThenBy(route => route.Method, StringComparer.Ordinal),
    ];
}
