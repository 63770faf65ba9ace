namespace Aspire.Hosting.ApplicationModel;

/// <summary>An image run by the container runtime.</summary>
public class ContainerResource(string name, string? entrypoint = null)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IComputeResource
{
    public string? Entrypoint { get; } = entrypoint;
}
