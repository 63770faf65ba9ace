using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The state of every resource instance, for whoever watches or waits.</summary>
public class ResourceNotificationService
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ResourceEvent> _current = new(StringComparer.Ordinal);
    private readonly HashSet<SnapshotWatcher> _watchers = [];
    private readonly HashSet<SnapshotWaiter> _waiters = [];

    internal ResourceNotificationService()
    {
    }

    /// <summary>Changes the state of every instance of the resource.</summary>
    public Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        foreach (var id in resource.GetInstanceIds())
            _ = PublishUpdateAsync(resource, id, stateFactory);

        return Task.CompletedTask;
    }

    /// <summary>Changes the state of one instance.</summary>
    public Task PublishUpdateAsync(
        IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        lock (_gate)
        {
            var before = _current.GetValueOrDefault(resourceId)?.Snapshot ?? InitialSnapshot.Of(resource);
            var after = stateFactory(before);
            var commands = resource.Annotations.OfType<ResourceCommandAnnotation>().Select(c => c.ToSnapshot(after));
            var published = _current[resourceId] = new(resource, resourceId, after with { Commands = [.. commands] });

            _waiters.RemoveWhere(w => w.TryComplete(published));
            foreach (var watcher in _watchers)
                watcher.Offer(published);
        }

        return Task.CompletedTask;
    }

    /// <summary>The current state of everything, then each change. A slow reader misses steps, never the latest state.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var watcher = new SnapshotWatcher();
        lock (_gate)
        {
            watcher.OfferAll(_current.Values);
            _watchers.Add(watcher);
        }

        try
        {
            await foreach (var change in watcher.ReadAsync(cancellationToken))
                yield return change;
        }
        finally
        {
            lock (_gate)
            {
                _watchers.Remove(watcher);
            }
        }
    }

    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        lock (_gate)
        {
            return _current.TryGetValue(resourceId, out resourceEvent);
        }
    }

    /// <summary>Waits until an instance of the named resource is in the state.</summary>
    public async Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        await WaitForResourceAsync(resourceName, [targetState ?? KnownResourceStates.Running], cancellationToken);

    public async Task<string> WaitForResourceAsync(
        string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var wanted = targetStates.ToImmutableHashSet(StringComparer.Ordinal);
        var seen = await WaitForResourceAsync(
            resourceName, e => e.Snapshot.State is { } state && wanted.Contains(state.Text), cancellationToken);

        return seen.Snapshot.State!.Text;
    }

    /// <summary>Waits until the predicate holds for an instance; no step is missed, however short.</summary>
    public Task<ResourceEvent> WaitForResourceAsync(
        string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        var waiter = new SnapshotWaiter(e => Is(e, resourceName) && predicate(e));
        lock (_gate)
        {
            if (!_current.Values.Any(waiter.TryComplete))
                _waiters.Add(waiter);
        }

        return waiter.WaitAsync(Forget, cancellationToken);
    }

    /// <summary>Waits until every instance of the named resource runs and is healthy.</summary>
    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(
            resourceName, e => All(e.Resource, s => s.HealthStatus is HealthStatus.Healthy), cancellationToken);

    /// <summary>True when every instance of the resource is known and the predicate holds for each: replicas are waited for together.</summary>
    internal bool All(IResource resource, Func<CustomResourceSnapshot, bool> predicate)
    {
        lock (_gate)
        {
            return resource.GetInstanceIds().All(id => _current.TryGetValue(id, out var e) && predicate(e.Snapshot));
        }
    }

    internal bool Any(IResource resource, Func<CustomResourceSnapshot, bool> predicate)
    {
        lock (_gate)
        {
            return resource.GetInstanceIds().Any(id => _current.TryGetValue(id, out var e) && predicate(e.Snapshot));
        }
    }

    private static bool Is(ResourceEvent e, string name) =>
        string.Equals(e.Resource.Name, name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(e.ResourceId, name, StringComparison.OrdinalIgnoreCase);

    private void Forget(SnapshotWaiter waiter)
    {
        lock (_gate)
        {
            _waiters.Remove(waiter);
        }
    }
}
