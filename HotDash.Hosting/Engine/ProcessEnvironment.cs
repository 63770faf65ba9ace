using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Engine;

/// <summary>The environment variables and arguments of a process, as Aspire gives them.</summary>
internal sealed class ProcessEnvironment(DashboardHost dashboard, IHostEnvironment environment)
{
    public async Task<Dictionary<string, string>> VariablesAsync(IResource resource, string instanceId, CancellationToken ct)
    {
        var variables = new Dictionary<string, object>(StringComparer.Ordinal);
        AddProject(resource, variables);
        if (resource.Annotations.OfType<OtlpExporterAnnotation>().Any())
            AddTelemetry(resource, instanceId, variables);

        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>().Where(e => e.TargetPortEnvironmentVariable is not null))
            variables[endpoint.TargetPortEnvironmentVariable!] = endpoint.AllocatedEndpoint!.TargetPortExpression!;

        var context = new EnvironmentCallbackContext(resource, variables, ct);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
            annotation.Callback(context);

        AddLaunchProfile(resource, variables);
        var resolved = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in variables)
            resolved[name] = await ResolveAsync(value, ct);

        return resolved;
    }

    public static async Task<List<string>> ArgumentsAsync(IResource resource, CancellationToken ct)
    {
        var resolved = new List<string>();
        foreach (var argument in resource.Annotations.OfType<ArgumentsAnnotation>().SelectMany(annotation => annotation.Args))
            resolved.Add(await ResolveAsync(argument, ct));

        return resolved;
    }

    private static void AddProject(IResource resource, Dictionary<string, object> variables)
    {
        if (resource is not ProjectResource project)
            return;

        variables["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory";
        variables["LOGGING__CONSOLE__FORMATTERNAME"] = "simple";
        variables["DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION"] = "true";

        var urls = project.Annotations.OfType<EndpointAnnotation>().Where(e => e is { IsHttp: true, TargetPortEnvironmentVariable: null })
            .Select(e => $"{e.UriScheme}://{e.TargetHost}:{e.AllocatedEndpoint!.TargetPortExpression}").ToList();
        if (urls.Count > 0)
            variables["ASPNETCORE_URLS"] = string.Join(';', urls);
    }

    /// <summary>The two variables that would put URL queries into spans are left out: queries carry secrets.</summary>
    private void AddTelemetry(IResource resource, string instanceId, Dictionary<string, object> variables)
    {
        if (dashboard.Otlp is not { } collector)
            return;

        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector;
        variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
        variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={dashboard.Options.OtlpApiKey}";
        variables["OTEL_SERVICE_NAME"] = resource.Name;
        variables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={ResourceInstances.SuffixOf(instanceId)}";

        if (environment.IsDevelopment())
        {
            variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
            variables["OTEL_TRACES_SAMPLER"] = "always_on";
            variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
            variables["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true";
        }
    }

    /// <summary>Last, since what the AppHost says wins over the profile.</summary>
    private static void AddLaunchProfile(IResource resource, Dictionary<string, object> variables)
    {
        if (resource.Annotations.OfType<LaunchProfileAnnotation>().LastOrDefault() is { } launch)
        {
            foreach (var (name, value) in launch.Profile.EnvironmentVariables)
                variables.TryAdd(name, value);

            variables.TryAdd("DOTNET_LAUNCH_PROFILE", launch.Name);
        }
    }

    private static async ValueTask<string> ResolveAsync(object value, CancellationToken ct) => value switch
    {
        string text => text,
        IValueProvider provider => await provider.GetValueAsync(ct) ?? "",
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "",
    };
}
