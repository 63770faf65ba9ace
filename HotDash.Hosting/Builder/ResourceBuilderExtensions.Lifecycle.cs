using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>What an AppHost says about its resources.</summary>
public static partial class ResourceBuilderExtensions
{
    /// <summary>Starts once the dependency runs and is healthy.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport =>
        builder.WaitFor(dependency, WaitBehavior.WaitOnResourceUnavailable);

    /// <summary>Starts once the dependency runs and is healthy; the behavior says what a dependency that ended means.</summary>
    public static IResourceBuilder<T> WaitFor<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, WaitBehavior waitBehavior)
        where T : IResourceWithWaitSupport =>
        builder.Waits(dependency.Resource, WaitType.UntilHealthy, waitBehavior);

    /// <summary>Starts once the dependency has ended with the exit code; fails when it ends otherwise.</summary>
    public static IResourceBuilder<T> WaitForCompletion<T>(
        this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency, int exitCode = 0)
        where T : IResourceWithWaitSupport =>
        builder.Waits(dependency.Resource, WaitType.UntilCompletion, WaitBehavior.StopOnResourceUnavailable, exitCode);

    /// <summary>Stays NotStarted until somebody starts it.</summary>
    public static IResourceBuilder<T> WithExplicitStart<T>(this IResourceBuilder<T> builder)
        where T : IResource => builder.WithAnnotation(new ExplicitStartupAnnotation());

    public static IResourceBuilder<T> WithReferenceRelationship<T>(this IResourceBuilder<T> builder, IResource resource)
        where T : IResource => builder.WithAnnotation(new ResourceRelationshipAnnotation(resource, "Reference"));

    /// <summary>Sends the resource's telemetry to the dashboard; projects do without asking.</summary>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEnvironment => builder.WithAnnotation(new OtlpExporterAnnotation());

    /// <summary>A child waits with its parent: who waits for a database also waits for its server.</summary>
    private static IResourceBuilder<T> Waits<T>(
        this IResourceBuilder<T> builder, IResource dependency, WaitType type, WaitBehavior behavior, int exitCode = 0)
        where T : IResourceWithWaitSupport
    {
        if (dependency is IResourceWithParent { Parent: var parent })
            builder.Waits(parent, type, behavior, exitCode);

        return builder.WithAnnotation(new ResourceRelationshipAnnotation(dependency, "WaitFor"))
            .WithAnnotation(new WaitAnnotation(dependency, type, behavior, exitCode));
    }
}
