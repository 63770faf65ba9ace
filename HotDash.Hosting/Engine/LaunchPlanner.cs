using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Engine.Dcp;
using Aspire.Hosting.Postgres;

namespace Aspire.Hosting.Engine;

/// <summary>Says in DCP's words how an instance of a resource is run.</summary>
internal sealed class LaunchPlanner(ProcessEnvironment environment, PostgresLauncher postgres)
{
    private static readonly string DotNet = FindDotNet();

    public async Task<DcpObject> PlanAsync(IResource resource, string id, CancellationToken ct)
    {
        var variables = await environment.VariablesAsync(resource, id, ct);
        var arguments = await ProcessEnvironment.ArgumentsAsync(resource, ct);

        return resource switch
        {
            ProjectResource => Executable(resource, id, ProjectCommand(resource, arguments, variables)),
            PostgresServerResource server when server.IsEmbedded() =>
                Executable(resource, id, await PostgresCommandAsync(server, variables, ct)),
            ContainerResource container => Container(container, id, arguments, variables),
            ExecutableResource program =>
                Executable(resource, id, new(program.Command, arguments, program.WorkingDirectory, variables)),
            _ => throw new NotSupportedException($"{resource} is nothing that runs."),
        };
    }

    /// <exception cref="DistributedApplicationException">The project has not been built.</exception>
    public static string AssemblyOf(IResource project)
    {
        var metadata = project.Annotations.OfType<IProjectMetadata>().Last();
        var assembly = ProjectMetadata.AssemblyPathOf(metadata);

        return File.Exists(assembly) ? assembly : throw new DistributedApplicationException(
            $"The project of '{project.Name}' is not built: run dotnet build \"{metadata.ProjectPath}\".");
    }

    /// <summary>Runs what was built, without a <c>dotnet run</c> in between that would be one more process.</summary>
    private static ProcessLaunch ProjectCommand(IResource project, List<string> arguments, Dictionary<string, string> variables) => new(
        DotNet,
        [AssemblyOf(project), .. arguments],
        Path.GetDirectoryName(project.Annotations.OfType<IProjectMetadata>().Last().ProjectPath)!,
        variables);

    private async Task<ProcessLaunch> PostgresCommandAsync(
        PostgresServerResource server, Dictionary<string, string> variables, CancellationToken ct)
    {
        var user = await server.UserNameReference.GetValueAsync(ct);
        var password = await server.PasswordParameter.GetValueAsync(ct);
        var port = server.PrimaryEndpoint.GetValue(EndpointProperty.TargetPort);
        var launch = await postgres.PrepareAsync(server, user!, password!, port, ct);

        return launch with { Environment = launch.Environment.Concat(variables).ToDictionary(StringComparer.Ordinal) };
    }

    private static DcpObject Executable(IResource resource, string id, ProcessLaunch launch) => new(
        "Executable",
        Metadata(resource, id),
        new ExecutableSpec(
            launch.Command,
            launch.WorkingDirectory,
            [.. launch.Arguments.Select(DcpTemplate.Render)],
            Render(launch.Environment))
        {
            HealthProbes = Probes(resource),
        });

    private static DcpObject Container(
        ContainerResource container, string id, List<string> arguments, Dictionary<string, string> variables) => new(
        "Container",
        Metadata(container, id),
        new ContainerSpec(
            container.Annotations.OfType<ContainerImageAnnotation>().Last().ToString(),
            [.. arguments.Select(DcpTemplate.Render)],
            Render(variables),
            [.. container.Annotations.OfType<EndpointAnnotation>().Where(e => e.TargetPort > 0).Select(e => new ContainerPort(e.TargetPort!.Value))],
            [.. container.Annotations.OfType<ContainerMountAnnotation>().Select(m => new ContainerMount(m.Volume, m.Target, m.IsReadOnly))]));

    private static DcpMetadata Metadata(IResource resource, string id)
    {
        var ids = resource.GetInstanceIds();
        var producers = resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.IsProxied)
            .Select(e => new ServiceProducer(
                EndpointAllocator.ServiceName(resource, e), resource is ContainerResource ? null : e.TargetHost, e.TargetPort));

        return new(id, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["resource-name"] = resource.Name,
            ["resource-replica-count"] = ids.Count.ToString(CultureInfo.InvariantCulture),
            ["resource-replica-index"] = ids.Index().First(i => i.Item == id).Index.ToString(CultureInfo.InvariantCulture),
            ["otel-service-name"] = resource.Name,
            ["otel-service-instance-id"] = ResourceInstances.SuffixOf(id),
            ["service-producer"] = JsonSerializer.Serialize(producers, DcpObject.Json),
        });
    }

    private static List<HealthProbe>? Probes(IResource resource)
    {
        var probes = resource.Annotations.OfType<HttpProbeAnnotation>().SelectMany(p => HealthProbe.For(
            p.Key,
            DcpTemplate.Render($"{p.Endpoint.Scheme}://{p.Endpoint.Host}:{p.Endpoint.GetValue(EndpointProperty.TargetPort)}{p.Path}"))).ToList();

        return probes.Count > 0 ? probes : null;
    }

    private static List<DcpVariable> Render(IReadOnlyDictionary<string, string> variables) =>
        [.. variables.Select(v => new DcpVariable(v.Key, DcpTemplate.Render(v.Value)))];

    /// <summary>The <c>dotnet</c> that runs this AppHost: the one on the PATH may be another, or none.</summary>
    private static string FindDotNet()
    {
        var runtime = new DirectoryInfo(RuntimeEnvironment.GetRuntimeDirectory());
        var program = Path.Combine(runtime.Parent!.Parent!.Parent!.FullName, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");

        return File.Exists(program) ? program : "dotnet";
    }
}

internal static class PostgresServers
{
    public static bool IsEmbedded(this PostgresServerResource server) => !server.Annotations.OfType<ContainerImageAnnotation>().Any();
}
