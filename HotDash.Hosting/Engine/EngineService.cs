using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Backchannel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Engine.Dcp;
using Aspire.Hosting.State;
using Aspire.Hosting.Tools;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Engine;

/// <summary>The order in which an AppHost starts and stops its parts.</summary>
internal sealed class EngineService(
    AppHostState state,
    DistributedApplicationModel model,
    DashboardHost dashboard,
    DcpHost dcp,
    Orchestrator orchestrator,
    BackchannelServer backchannel,
    ILogger<DistributedApplication> logger) : IHostedService
{
    /// <summary>For the whole way down; what has not ended by then, DCP ends without us.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(4.5);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await StartPartsAsync(cancellationToken);
        }
        catch
        {
            await StopAsync(CancellationToken.None);
            throw;
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(StopPatience);
        await backchannel.DisposeAsync();
        var isClean = await orchestrator.StopAsync();
        await dcp.StopAsync(isClean, patience.Token);
        await dashboard.DisposeAsync();
    }

    private async Task StartPartsAsync(CancellationToken ct)
    {
        logger.LogInformation("Passwords, keys and data of this AppHost are kept in {Folder}.", state.Folder);
        await StaticResources.CheckAsync(model.Resources, ct);
        foreach (var project in model.Resources.OfType<ProjectResource>())
            LaunchPlanner.AssemblyOf(project);

        var bundle = await AspireBundle.EnsureAsync(ct);
        await Task.WhenAll(dcp.StartAsync(bundle, ct), AddDashboardAsync(bundle, ct));
        await orchestrator.StartAsync(ct);
        await backchannel.StartAsync(ct);
        _ = AnnounceAsync(ct);
    }

    private async Task AddDashboardAsync(AspireBundle bundle, CancellationToken ct)
    {
        await dashboard.StartAsync(ct);
        if (dashboard.CreateResource(bundle) is { } resource)
            model.Resources.Add(resource);
    }

    private async Task AnnounceAsync(CancellationToken ct)
    {
        await dashboard.WaitUntilHealthyAsync(ct);
        if (dashboard.LoginUrl is { } url)
            logger.LogInformation("Login to the dashboard at {Url}", url);
    }
}
