using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Healthy means: the endpoint answers a GET with 200, asked of every replica by itself.</summary>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        if (statusCode is not (null or 200))
            throw new DistributedApplicationException($"'{builder.Resource.Name}': DCP's probes know the status code 200 only.");

        var endpoint = builder.GetEndpoint(endpointName ?? "http");
        var key = $"{builder.Resource.Name}_{endpoint.EndpointName}_{path ?? "/"}_200_check";

        return builder.WithAnnotation(new HttpProbeAnnotation(key, endpoint, path ?? "/"));
    }

    /// <summary>Adds a check that is registered in the AppHost's own health checks.</summary>
    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key)
        where T : IResource => builder.WithAnnotation(new HealthCheckAnnotation(key));
}
