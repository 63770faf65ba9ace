using System.Security.Cryptography;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The ids under which a resource runs, one for each replica; a resource that is no process has its name.</summary>
internal sealed record ResourceInstancesAnnotation(IReadOnlyList<string> Ids) : IResourceAnnotation;

internal static class ResourceInstances
{
    private const int SuffixLength = 8;

    public static IReadOnlyList<string> GetInstanceIds(this IResource resource) =>
        resource.Annotations.OfType<ResourceInstancesAnnotation>().LastOrDefault()?.Ids ?? [resource.Name];

    /// <summary>Names the instances as Aspire does, <c>api-qkzpwmxa</c>: the CLI and the dashboard join telemetry on the suffix.</summary>
    public static void AssignInstanceIds(this IResource resource, int replicas) =>
        resource.Annotations.Add(new ResourceInstancesAnnotation(
            [.. Enumerable.Range(0, replicas).Select(_ => $"{resource.Name}-{RandomSuffix()}")]));

    public static string SuffixOf(string instanceId) => instanceId[^SuffixLength..];

    private static string RandomSuffix() => RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", SuffixLength);
}
