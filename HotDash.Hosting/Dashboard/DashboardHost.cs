using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Tools;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Dashboard;

/// <summary>The resource service that the dashboard reads, and the dashboard as a hidden resource of the model.</summary>
internal sealed class DashboardHost(
    DashboardOptions options, DistributedApplicationOptions application, ResourceServer server, ResourceNotificationService notifications)
    : IAsyncDisposable
{
    private Uri? _resourceService;
    private DashboardResource? _dashboard;

    public DashboardOptions Options => options;

    /// <summary>The dashboard's address; null without a dashboard or before it has one.</summary>
    public string? Url => _dashboard is not null && Endpoint("http") is { IsAllocated: true } http ? http.Url : null;

    /// <summary>The link with the token; null as <see cref="Url"/> is.</summary>
    public string? LoginUrl => Url is null || options.AllowAnonymous ? Url : $"{Url}/login?t={options.BrowserToken}";

    public bool IsHealthy => _dashboard is not null && notifications.All(_dashboard, s => s.HealthStatus is HealthStatus.Healthy);

    /// <summary>Where processes send their telemetry; null without a dashboard.</summary>
    public EndpointReference? Otlp => _dashboard is null ? null : Endpoint("otlp-grpc");

    /// <summary>Starts the resource service (Kestrel), before DCP.</summary>
    public async Task StartAsync(CancellationToken ct)
    {
        if (!application.DisableDashboard)
            _resourceService = await server.StartAsync(options.ResourceServicePort ?? 0, ct);
    }

    /// <summary>
    /// The resource <c>aspire-dashboard</c>, which the engine runs like any other; projects send telemetry to its endpoint <c>otlp-grpc</c>.
    /// </summary>
    /// <returns>Null when the dashboard is switched off.</returns>
    public DashboardResource? CreateResource(AspireBundle bundle)
    {
        if (_resourceService is null)
            return null;

        _dashboard = new(bundle.DashboardPath);
        Add(new EndpointAnnotation(ProtocolType.Tcp, "http", name: "http", port: options.FrontendPort));
        Add(new EndpointAnnotation(ProtocolType.Tcp, "http", name: "otlp-grpc", port: options.OtlpGrpcPort));
        Add(new EndpointAnnotation(ProtocolType.Tcp, "http", name: "otlp-http", port: options.OtlpHttpPort));
        Add(new HttpProbeAnnotation("aspire-dashboard_http_/login_200_check", Endpoint("http"), "/login"));
        Add(new ResourceSnapshotAnnotation(new() { ResourceType = KnownResourceTypes.Executable, Properties = [], IsHidden = true }));
        Add(new ArgumentsAnnotation(["dashboard"]));
        Add(new EnvironmentCallbackAnnotation(context =>
        {
            foreach (var (name, value) in DashboardEnvironment.For(options, Addresses, _resourceService))
                context.EnvironmentVariables[name] = value;
        }));

        return _dashboard;
    }

    public async Task WaitUntilHealthyAsync(CancellationToken ct)
    {
        if (_dashboard is not null)
            await notifications.WaitForResourceHealthyAsync(_dashboard.Name, ct);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private DashboardAddresses Addresses => new(Endpoint("http"), Listen("http"), Listen("otlp-grpc"), Listen("otlp-http"));

    private void Add(IResourceAnnotation annotation) => _dashboard!.Annotations.Add(annotation);

    private EndpointReference Endpoint(string name) => new(_dashboard!, name);

    private ReferenceExpression Listen(string name) =>
        ReferenceExpression.Create($"http://localhost:{Endpoint(name).Property(EndpointProperty.TargetPort)}");
}

/// <summary>Microsoft's dashboard, a process like any other.</summary>
internal sealed class DashboardResource(string program) : ExecutableResource("aspire-dashboard", program, Path.GetDirectoryName(program)!);
