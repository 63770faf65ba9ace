using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Backchannel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Engine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace HotDash.Hosting.Tests.Dashboard;

/// <summary>
/// An app host whose resources are only told: <c>web</c> with two healthy replicas, <c>worker</c> that waits, and the secret parameter <c>key</c>.
/// </summary>
internal sealed class FakeAppHost : IAsyncDisposable
{
    public const string Secret = "hd_5ecret-value";

    private readonly ServiceProvider _services;

    public FakeAppHost(string projectPath = "/srv/hotdash/HotDash.AppHost/HotDash.AppHost.csproj", IDictionary<string, string?>? settings = null)
    {
        Resources = new();
        Logs = new(TimeProvider.System);
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(Resources)
            .AddSingleton(Logs)
            .AddSingleton(provider => new ResourceCommandService(Resources, Logs, provider))
            .AddSingleton(new DistributedApplicationModel(new ResourceCollection { Web, Worker, Key }))
            .AddSingleton(new AppHostInfo(projectPath, Path.GetDirectoryName(projectPath)!, "HotDash.AppHost"))
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings ?? new Dictionary<string, string?>(StringComparer.Ordinal)).Build())
            .AddSingleton<IHostApplicationLifetime>(Lifetime)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new DistributedApplicationOptions())
            .AddDashboard()
            .AddBackchannel()
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });

        Web.Annotations.Add(new ResourceInstancesAnnotation(["web-aaaaaaaa", "web-bbbbbbbb"]));
        Web.Annotations.Add(Command("restart", "ArrowCounterclockwise"));
        Web.Annotations.Add(Command("stop", "Stop"));
        TellFirstStates();
    }

    public ResourceNotificationService Resources { get; }

    public ResourceLoggerService Logs { get; }

    public FakeLifetime Lifetime { get; } = new();

    public ExecutableResource Web { get; } = new("web", "dotnet", "/srv/web");

    public ExecutableResource Worker { get; } = new("worker", "dotnet", "/srv/worker");

    /// <summary>The commands that were run, as <c>web-aaaaaaaa restart</c>.</summary>
    public List<string> Executed { get; } = [];

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public void Tell(IResource resource, string state) =>
        Tell(resource, s => s with { State = state });

    public void Tell(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> change) =>
        _ = Resources.PublishUpdateAsync(resource, change);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private ContainerResource Key { get; } = new("key");

    private void TellFirstStates()
    {
        Tell(Web, s => s with
        {
            ResourceType = "Project",
            State = "Running",
            StartTimeStamp = DateTime.UtcNow,
            HealthReports = [new("web_http_/health_200_check", HealthStatus.Healthy, null, null)],
            Urls = [new("http", "http://localhost:5123", IsInternal: false) { DisplayProperties = new("Web") }],
            EnvironmentVariables =
            [
                new("API_KEY", $"Bearer {Secret}", IsFromSpec: true),
                new("EMPTY", null, IsFromSpec: false),
                new("OTEL_EXPORTER_OTLP_HEADERS", $"x-otlp-api-key={Get<DashboardOptions>().OtlpApiKey}", IsFromSpec: true),
            ],
            Relationships = [new("key", "Reference")],
            Properties = [new("executable.pid", 42), new("executable.args", new[] { "web.dll" }) { IsSensitive = true }],
        });
        Tell(Worker, "Waiting");
        Tell(Key, s => s with
        {
            ResourceType = "Parameter",
            State = "Running",
            Properties = [new("Value", Secret) { IsSensitive = true }],
        });
    }

    private ResourceCommandAnnotation Command(string name, string icon) => new(name, name, RunAsync(name), new() { IconName = icon });

    private Func<ExecuteCommandContext, Task<ExecuteCommandResult>> RunAsync(string name) => context =>
    {
        lock (Executed)
        {
            Executed.Add($"{context.ResourceName} {name}");
        }

        return Task.FromResult(CommandResults.Success($"{name} done"));
    };
}

internal sealed class FakeLifetime : IHostApplicationLifetime, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    public CancellationToken ApplicationStarted => CancellationToken.None;

    public CancellationToken ApplicationStopping => _stopping.Token;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    public void StopApplication() => _stopping.Cancel();

    public void Dispose() => _stopping.Dispose();
}
