using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Wire;
using Aspire.Hosting.Engine;

namespace Aspire.Hosting.Dashboard;

/// <summary>What the dashboard asks of an app host: https://github.com/microsoft/aspire (aspire.v1.DashboardService).</summary>
internal sealed class DashboardService
{
    private readonly ResourceNotificationService _resources;
    private readonly ResourceLoggerService _logs;
    private readonly ResourceCommandService _commands;
    private readonly string _applicationName;

    public DashboardService(
        ResourceNotificationService resources, ResourceLoggerService logs, ResourceCommandService commands, AppHostInfo appHost)
    {
        (_resources, _logs, _commands) = (resources, logs, commands);
        _applicationName = appHost.Name.Replace(".AppHost", "", StringComparison.Ordinal);
        Methods = new(StringComparer.Ordinal)
        {
            ["/aspire.v1.DashboardService/GetApplicationInformation"] = GetApplicationInformationAsync,
            ["/aspire.v1.DashboardService/WatchResources"] = WatchResourcesAsync,
            ["/aspire.v1.DashboardService/WatchResourceConsoleLogs"] = WatchConsoleLogsAsync,
            ["/aspire.v1.DashboardService/ExecuteResourceCommand"] = ExecuteCommandAsync,
            ["/aspire.v1.DashboardService/WatchInteractions"] = WatchInteractionsAsync,
        };
    }

    /// <summary>By HTTP path.</summary>
    public Dictionary<string, Func<GrpcCall, Task>> Methods { get; }

    private async Task GetApplicationInformationAsync(GrpcCall call)
    {
        await call.ReadAsync(ApplicationInformationRequest.Parser);
        await call.WriteAsync(new ApplicationInformationResponse { ApplicationName = _applicationName });
    }

    private async Task WatchResourcesAsync(GrpcCall call)
    {
        await call.ReadAsync(WatchResourcesRequest.Parser);

        // The watch begins with everything there is, so the initial data may be empty: all resources follow as changes.
        await call.WriteAsync(new WatchResourcesUpdate { InitialData = new() });
        await foreach (var change in _resources.WatchAsync(call.Aborted))
        {
            var changes = new WatchResourcesChanges { Value = { new WatchResourcesChange { Upsert = change.ToWire() } } };
            await call.WriteAsync(new WatchResourcesUpdate { Changes = changes });
        }
    }

    private async Task WatchConsoleLogsAsync(GrpcCall call)
    {
        var request = await call.ReadAsync(WatchResourceConsoleLogsRequest.Parser);
        var lines = request.SuppressFollow
            ? _logs.GetAllAsync(request.ResourceName)
            : _logs.WatchAsync(request.ResourceName, call.Aborted);

        await foreach (var batch in lines)
        {
            foreach (var update in ConsoleLogBatches.Split(batch))
                await call.WriteAsync(update);
        }
    }

    /// <summary>We have no questions; but without this stream the dashboard believes that it has lost the app host.</summary>
    private static Task WatchInteractionsAsync(GrpcCall call) => Task.Delay(Timeout.Infinite, call.Aborted);

    private async Task ExecuteCommandAsync(GrpcCall call)
    {
        var request = await call.ReadAsync(ResourceCommandRequest.Parser);
        var result = await _commands.ExecuteCommandAsync(request.ResourceName, request.CommandName, call.Aborted);

        var response = new ResourceCommandResponse
        {
            Kind = result switch
            {
                { Success: true } => ResourceCommandResponseKind.Succeeded,
                { Canceled: true } => ResourceCommandResponseKind.Cancelled,
                _ => ResourceCommandResponseKind.Failed,
            },
        };
        if (result.Message is { } message)
            response.Message = message;

        await call.WriteAsync(response);
    }
}
