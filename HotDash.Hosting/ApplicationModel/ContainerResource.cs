namespace Aspire.Hosting.ApplicationModel;

/// <summary>An image run by the container runtime.</summary>
public class ContainerResource(string name, string? entrypoint = null)
    : Resource(name), IResourceWithEnvironment, IResourceWithArgs, IResourceWithEndpoints, IResourceWithWaitSupport, IComputeResource
{
    public string? Entrypoint { get; set; } = entrypoint;
}

internal sealed record ContainerImageAnnotation(string Image, string Tag) : IResourceAnnotation
{
    public override string ToString() => $"{Image}:{Tag}";
}

internal sealed record ContainerMountAnnotation(string Volume, string Target, bool IsReadOnly) : IResourceAnnotation;
