using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Engine.Dcp;
using Aspire.Hosting.Engine.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Engine;

/// <summary>Brings the resources of the model up, and down again: what others need comes first and goes last.</summary>
internal sealed class Orchestrator(
    DistributedApplicationModel model,
    DcpWatch watch,
    EndpointAllocator endpoints,
    HealthMonitor health,
    PostgresDatabases databases,
    ResourceNotificationService notifications,
    IServiceProvider services,
    IHostApplicationLifetime application,
    ILogger<Orchestrator> logger,
    TimeProvider time) : IDisposable
{
    private static readonly TimeSpan ProcessesPatience = TimeSpan.FromSeconds(3.2);
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _ended = new();
    private readonly Dictionary<string, ResourceInstance> _instances = new(StringComparer.Ordinal);

    private IEnumerable<IResource> Containers => model.Resources.Where(r => r.Annotations.OfType<ContainerImageAnnotation>().Any());

    /// <summary>Returns when every process that waits for nothing is being started; the others follow by themselves.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        var processes = model.Resources.Where(r => r is ProjectResource or ExecutableResource or ContainerResource).ToList();
        foreach (var resource in processes)
            AddInstances(resource);

        await endpoints.AllocateAsync(processes, ct);
        await PublishInitialStatesAsync(processes, ct);

        _ = WatchAsync("executables");
        if (Containers.Any())
            _ = WatchAsync("containers");

        foreach (var instance in _instances.Values.Where(i => !i.Resource.Annotations.OfType<ExplicitStartupAnnotation>().Any()))
            _ = instance.StartAsync(application.ApplicationStopping);

        Supervise();
    }

    /// <returns>Whether nothing is left for DCP to clean up.</returns>
    public async Task<bool> StopAsync()
    {
        // The others may want to finish what they have begun, and to tell their last spans.
        var ended = await StopAsync(_instances.Values.Where(i => !IsLast(i.Resource)), ProcessesPatience)
            & await StopAsync(_instances.Values.Where(i => IsLast(i.Resource)), LastPatience);
        await _ended.CancelAsync();

        return ended && !Containers.Any();
    }

    public void Dispose()
    {
        _ended.Dispose();
        foreach (var instance in _instances.Values)
            instance.Dispose();
    }

    private void AddInstances(IResource resource)
    {
        resource.AssignInstanceIds(resource.Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Replicas ?? 1);
        LifecycleCommands.AddTo(resource, id => _instances[id], application.ApplicationStopping);

        foreach (var id in resource.GetInstanceIds())
            _instances[id] = ActivatorUtilities.CreateInstance<ResourceInstance>(services, resource, id);
    }

    private async Task PublishInitialStatesAsync(List<IResource> processes, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        foreach (var resource in model.Resources)
        {
            await notifications.PublishUpdateAsync(resource, s => s.Describe(resource, now));
            if (processes.Contains(resource))
            {
                await notifications.PublishUpdateAsync(
                    resource, s => s.In(KnownResourceStates.NotStarted) with { Urls = ResourceUrls.Of(resource) });
            }
            else
            {
                await StaticResources.PublishAsync(resource, notifications, ct);
            }
        }
    }

    private void Supervise()
    {
        foreach (var resource in model.Resources.Where(r => r.Annotations.OfType<HealthCheckAnnotation>().Any()))
            _ = Attend(health.RunAsync(resource, application.ApplicationStopping));

        foreach (var server in model.Resources.OfType<PostgresServerResource>())
            _ = Attend(databases.RunAsync(server, application.ApplicationStopping));
    }

    /// <summary>A supervisor that fails is a bug; nobody should have to wonder why a state no longer changes.</summary>
    private async Task Attend(Task supervisor)
    {
        try
        {
            await supervisor;
        }
        catch (OperationCanceledException)
        {
            // The application is ending.
        }
        catch (Exception e)
        {
            logger.LogCritical(e, "The supervision of resources failed; the application ends.");
            End();
        }
    }

    private async Task WatchAsync(string path)
    {
        await Attend(watch.RunAsync(path, Observe, _ended.Token));
        if (!_ended.IsCancellationRequested && !application.ApplicationStopping.IsCancellationRequested)
        {
            logger.LogCritical("DCP, which runs the processes, is gone, and they with it; the application ends. Start it again.");
            End();
        }
    }

    private void Observe(DcpEvent change)
    {
        if (_instances.TryGetValue(change.Object.Metadata.Name, out var instance))
            instance.Observe(change);
    }

    private void End()
    {
        Environment.ExitCode = 1;
        application.StopApplication();
    }

    private static bool IsLast(IResource resource) => resource is PostgresServerResource or DashboardResource;

    private async Task<bool> StopAsync(IEnumerable<ResourceInstance> instances, TimeSpan within)
    {
        using var patience = new CancellationTokenSource(within, time);
        try
        {
            await Task.WhenAll(instances.Select(i => i.ShutDownAsync(patience.Token)));
            return true;
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException or HttpRequestException or IOException)
        {
            logger.LogWarning("Not everything ended within {Seconds} seconds; DCP ends the rest.", within.TotalSeconds);
            return false;
        }
    }
}
