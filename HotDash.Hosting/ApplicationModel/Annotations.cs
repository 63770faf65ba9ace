using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.ApplicationModel;

public enum ResourceAnnotationMutationBehavior
{
    Append,
    Replace,
}

public enum WaitBehavior
{
    WaitOnResourceUnavailable,
    StopOnResourceUnavailable,
}

/// <summary>What a callback needs to fill in environment variables; values are strings or value providers.</summary>
public class EnvironmentCallbackContext
{
    internal EnvironmentCallbackContext(IResource resource, Dictionary<string, object> environmentVariables, CancellationToken cancellationToken) =>
        (Resource, EnvironmentVariables, CancellationToken) = (resource, environmentVariables, cancellationToken);

    public Dictionary<string, object> EnvironmentVariables { get; }

    public IResource Resource { get; }

    public ILogger Logger { get; set; } = NullLogger.Instance;

    public CancellationToken CancellationToken { get; }
}

/// <summary>A link shown with the resource.</summary>
public sealed class ResourceUrlAnnotation : IResourceAnnotation
{
    public required string Url { get; set; }

    public string? DisplayText { get; set; }

    public EndpointReference? Endpoint { get; init; }
}

internal sealed record EnvironmentCallbackAnnotation(Action<EnvironmentCallbackContext> Callback) : IResourceAnnotation;

/// <summary>Strings or value providers.</summary>
internal sealed record ArgumentsAnnotation(IReadOnlyList<object> Args) : IResourceAnnotation;

internal sealed record EndpointUrlCallbackAnnotation(string EndpointName, Action<ResourceUrlAnnotation> Callback) : IResourceAnnotation;

internal sealed record ResourceRelationshipAnnotation(IResource Resource, string Type) : IResourceAnnotation;

internal sealed record ReplicaAnnotation(int Replicas) : IResourceAnnotation;

internal sealed class ExplicitStartupAnnotation : IResourceAnnotation;

internal sealed class OtlpExporterAnnotation : IResourceAnnotation;

internal enum WaitType
{
    UntilHealthy,
    UntilCompletion,
}

internal sealed record WaitAnnotation(IResource Resource, WaitType Type, WaitBehavior Behavior, int ExitCode) : IResourceAnnotation;

/// <summary>A check of the AppHost's own, registered with the health checks of its services.</summary>
internal sealed record HealthCheckAnnotation(string Key) : IResourceAnnotation;

/// <summary>A check that DCP makes on each process of the resource.</summary>
internal sealed record HttpProbeAnnotation(string Key, EndpointReference Endpoint, string Path) : IResourceAnnotation;
