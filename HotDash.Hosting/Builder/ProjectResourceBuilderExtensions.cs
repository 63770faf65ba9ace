using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static class ProjectResourceBuilderExtensions
{
    /// <summary>Runs a project that this AppHost references. Its launch profile, if it has one, brings endpoints and environment.</summary>
    public static IResourceBuilder<ProjectResource> AddProject<TProject>(this IDistributedApplicationBuilder builder, string name)
        where TProject : IProjectMetadata, new()
    {
        var project = new TProject();
        var resource = builder.AddResource(new ProjectResource(name)).WithAnnotation<IProjectMetadata>(project);
        var profile = LaunchSettings.Read(project.ProjectPath)
            ?.Choose(project.ProjectPath, name: null, builder.Configuration["DOTNET_LAUNCH_PROFILE"]);

        if (profile is { } chosen)
            resource.WithLaunchProfile(chosen.Key, chosen.Value);

        return resource.WithOtlpExporter();
    }

    /// <summary>Runs several processes behind one address.</summary>
    public static IResourceBuilder<ProjectResource> WithReplicas(this IResourceBuilder<ProjectResource> builder, int replicas)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicas, 1);
        return builder.WithAnnotation(new ReplicaAnnotation(replicas), ResourceAnnotationMutationBehavior.Replace);
    }

    private static void WithLaunchProfile(this IResourceBuilder<ProjectResource> builder, string name, LaunchProfile profile)
    {
        builder.WithAnnotation(new LaunchProfileAnnotation(name, profile));

        foreach (var url in (profile.ApplicationUrl ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(u => new Uri(u)))
        {
            var taken = builder.Resource.Annotations.OfType<EndpointAnnotation>().Count(e => e.UriScheme == url.Scheme);
            var endpoint = taken is 0 ? url.Scheme : $"{url.Scheme}{taken + 1}";
            builder.WithAnnotation(new EndpointAnnotation(ProtocolType.Tcp, url.Scheme, name: endpoint, port: url.Port));
        }
    }
}
