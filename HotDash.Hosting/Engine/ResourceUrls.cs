using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Engine;

/// <summary>The links of a resource, one for each endpoint.</summary>
internal static class ResourceUrls
{
    public static ImmutableArray<UrlSnapshot> Of(IResource resource) =>
        [.. resource.Annotations.OfType<EndpointAnnotation>().Select(e => UrlOf((IResourceWithEndpoints)resource, e))];

    private static UrlSnapshot UrlOf(IResourceWithEndpoints resource, EndpointAnnotation endpoint)
    {
        var reference = new EndpointReference(resource, endpoint.Name);
        var launchUrl = endpoint.IsHttp ? resource.Annotations.OfType<LaunchProfileAnnotation>().LastOrDefault()?.Profile.LaunchUrl : null;
        var url = new ResourceUrlAnnotation
        {
            Url = launchUrl is null ? reference.Url : new Uri(new Uri(reference.Url), launchUrl).ToString(),
            Endpoint = reference,
        };

        foreach (var change in resource.Annotations.OfType<EndpointUrlCallbackAnnotation>().Where(c => c.EndpointName == endpoint.Name))
            change.Callback(url);

        // A callback may write a path alone.
        var link = url.Url.StartsWith('/') ? reference.Url + url.Url : url.Url;
        return new(endpoint.Name, link, IsInternal: false)
        {
            IsInactive = true,
            DisplayProperties = new(url.DisplayText ?? ""),
        };
    }
}
