using System.Reflection;

namespace Aspire.Hosting;

/// <summary>Where a project is; the build writes one class per project reference of the AppHost (<c>Projects.HotDash_Api</c>).</summary>
public interface IProjectMetadata : ApplicationModel.IResourceAnnotation
{
    string ProjectPath { get; }
}

internal static class ProjectMetadata
{
    /// <summary>What was built from the project: the build notes it as an attribute beside the project's class.</summary>
    public static string? AssemblyPathOf(IProjectMetadata project) => project.GetType().Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(a => a.Key == $"project-output:{project.ProjectPath}")?.Value;
}
