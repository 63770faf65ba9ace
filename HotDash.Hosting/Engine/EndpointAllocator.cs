using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine.Dcp;

namespace Aspire.Hosting.Engine;

/// <summary>Gives every endpoint its address before any process starts, so that each can be told where the others will be.</summary>
internal sealed class EndpointAllocator(DcpHost dcp)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <exception cref="DistributedApplicationException">A fixed port is taken.</exception>
    public async Task AllocateAsync(IEnumerable<IResource> resources, CancellationToken ct)
    {
        var endpoints = resources
            .SelectMany(r => r.Annotations.OfType<EndpointAnnotation>(), (resource, endpoint) => (resource, endpoint)).ToList();

        foreach (var (resource, endpoint) in endpoints.Where(e => e.endpoint.Port > 0))
            Check(resource, endpoint);

        await Task.WhenAll(endpoints.Select(e => e.endpoint.IsProxied
            ? AllocateProxiedAsync(e.resource, e.endpoint, ct)
            : AllocateDirectAsync(e.resource, e.endpoint)));
    }

    /// <summary>DCP's name for the proxy in front of an endpoint.</summary>
    public static string ServiceName(IResource resource, EndpointAnnotation endpoint) =>
        resource.Annotations.OfType<EndpointAnnotation>().Count() is 1 ? resource.Name : $"{resource.Name}-{endpoint.Name}";

    /// <summary>A port that is taken would otherwise be a proxy that never answers: DCP says nothing.</summary>
    private static void Check(IResource resource, EndpointAnnotation endpoint)
    {
        if (!Ports.IsFree(endpoint.Port!.Value))
        {
            throw new DistributedApplicationException(
                $"Port {endpoint.Port} of '{resource.Name}' is taken: stop what listens there, or give '{resource.Name}' another port (0 = any free one).");
        }
    }

    private static Task AllocateDirectAsync(IResource resource, EndpointAnnotation endpoint)
    {
        if (resource.GetInstanceIds().Count > 1)
        {
            throw new DistributedApplicationException(
                $"'{resource.Name}' has replicas, so its endpoint '{endpoint.Name}' must be proxied: they cannot all listen on one port.");
        }

        var port = endpoint.Port is > 0 and var wanted ? wanted : Ports.FindFree();
        endpoint.AllocatedEndpoint = new(endpoint.UriScheme, endpoint.TargetHost, port, port.ToString(CultureInfo.InvariantCulture));
        return Task.CompletedTask;
    }

    private async Task AllocateProxiedAsync(IResource resource, EndpointAnnotation endpoint, CancellationToken ct)
    {
        var service = new DcpObject(
            "Service",
            new(ServiceName(resource, endpoint)),
            new ServiceSpec(endpoint.TargetHost, endpoint.Port is > 0 ? endpoint.Port : null));
        await dcp.Client.CreateAsync(service, ct);

        var port = await ReadPortAsync(service, resource, ct);
        var target = endpoint.TargetPort?.ToString(CultureInfo.InvariantCulture) ?? DcpTemplate.PortForServing(service.Metadata.Name);
        endpoint.AllocatedEndpoint = new(endpoint.UriScheme, endpoint.TargetHost, port, target);
    }

    private async Task<int> ReadPortAsync(DcpObject service, IResource resource, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);

        try
        {
            while (true)
            {
                if ((await dcp.Client.FindAsync(service.Path, service.Metadata.Name, patience.Token))?.Status?.EffectivePort is > 0 and var port)
                    return port;

                await Task.Delay(Pause, patience.Token);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new DistributedApplicationException(
                $"DCP gave '{resource.Name}' no address within {Patience.TotalSeconds} seconds: is its port taken, or the machine very busy?");
        }
    }
}
