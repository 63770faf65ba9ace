using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Backchannel;

/// <summary>Finds resource instances by what a person types: an instance id, or a resource name that stands for all its replicas.</summary>
internal sealed class ResourceDirectory(DistributedApplicationModel model, ResourceNotificationService notifications)
{
    public IReadOnlyList<ResourceEvent> All() =>
        [.. model.Resources.SelectMany(resource => resource.GetInstanceIds()).Select(StateOf).OfType<ResourceEvent>()];

    public IReadOnlyList<ResourceEvent> Find(string? name)
    {
        var all = All();
        var instance = all.Where(e => string.Equals(e.ResourceId, name, StringComparison.OrdinalIgnoreCase)).ToArray();

        return instance is [] ? [.. all.Where(e => string.Equals(e.Resource.Name, name, StringComparison.OrdinalIgnoreCase))] : instance;
    }

    private ResourceEvent? StateOf(string id) => notifications.TryGetCurrentState(id, out var state) ? state : null;
}
