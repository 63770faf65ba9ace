namespace Aspire.Hosting.ApplicationModel;

/// <param name="resource">The resource in the model.</param>
/// <param name="resourceId">The id of the instance: replicas of one resource have different ones.</param>
/// <param name="snapshot">How it looks now.</param>
public class ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
{
    public IResource Resource { get; } = resource;

    public string ResourceId { get; } = resourceId;

    public CustomResourceSnapshot Snapshot { get; } = snapshot;
}
