using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Backchannel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Engine;
using Aspire.Hosting.Postgres;
using Aspire.Hosting.State;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Aspire.Hosting;

internal sealed class DistributedApplicationBuilder : IDistributedApplicationBuilder
{
    private readonly HostApplicationBuilder _host;
    private readonly AppHostInfo _appHost;
    private readonly Lazy<AppHostState> _state;

    public DistributedApplicationBuilder(DistributedApplicationOptions options)
    {
        _appHost = AppHostInfo.Of(Assembly.GetEntryAssembly(), options.ProjectDirectory);
        _host = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = options.Args,
            ContentRootPath = _appHost.Directory,
            ApplicationName = _appHost.Name,
        });
        _state = new(() => AppHostState.Open(_appHost.ProjectPath, Configuration));

        if (Configuration["operation"] is { } operation and not "run")
        {
            throw new DistributedApplicationException(
                $"HotDash.Hosting cannot '{operation}': build with -p:UseAspirePackages=true for that.");
        }

        AddLogging();
        AddServices(options);
    }

    public ConfigurationManager Configuration => _host.Configuration;

    public string AppHostDirectory => _appHost.Directory;

    public IHostEnvironment Environment => _host.Environment;

    public IServiceCollection Services => _host.Services;

    public IResourceCollection Resources { get; } = new ResourceCollection();

    /// <summary>Opened by the first who needs it: a model that is only built must not lock the folder.</summary>
    internal AppHostState State => _state.Value;

    public IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource
    {
        if (Resources.Any(r => string.Equals(r.Name, resource.Name, StringComparison.OrdinalIgnoreCase)))
            throw new DistributedApplicationException($"There are two resources named '{resource.Name}': rename one of them.");

        Resources.Add(resource);
        return CreateResourceBuilder(resource);
    }

    public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource => new ResourceBuilder<T>(this, resource);

    public DistributedApplication Build() => new(_host.Build());

    private void AddLogging()
    {
        _host.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.ColorBehavior = Console.IsOutputRedirected ? LoggerColorBehavior.Disabled : LoggerColorBehavior.Default;
        });
        _host.Logging.AddFilter("Microsoft", LogLevel.Warning);
        _host.Logging.AddFilter("System", LogLevel.Warning);

        // A mistake is told once, by Mistakes; failing checks are a state, shown with the resource.
        _host.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        _host.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
    }

    private void AddServices(DistributedApplicationOptions options)
    {
        _host.Services
            .AddSingleton(options)
            .AddSingleton(_appHost)
            .AddSingleton(new DistributedApplicationModel(Resources))
            .AddSingleton(TimeProvider.System)
            .AddSingleton(_ => State)
            .AddSingleton(_ => new ResourceNotificationService())
            .AddSingleton(s => new ResourceLoggerService(s.GetRequiredService<TimeProvider>()))
            .AddSingleton(s => new ResourceCommandService(
                s.GetRequiredService<ResourceNotificationService>(), s.GetRequiredService<ResourceLoggerService>(), s))
            .AddSingleton<PostgresLauncher>()
            .AddDashboard()
            .AddBackchannel()
            .AddEngine()
            .AddHttpClient()
            .AddHealthChecks();
        _host.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(15));
    }
}
