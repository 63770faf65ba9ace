using System.Runtime.CompilerServices;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Backchannel;

/// <summary>What <c>aspire run</c> asks of the app host that it has started itself; it publishes nothing.</summary>
internal sealed class RunMethods(ResourceNotificationService notifications, DashboardHost dashboard, IHostApplicationLifetime lifetime)
{
    private static readonly string[] Capabilities = ["baseline.v2", "pipeline-steps.v1", "pipeline-steps.v2"];

    public Dictionary<string, RpcMethod> ByName => new(StringComparer.Ordinal)
    {
        ["GetCapabilitiesAsync"] = (_, _) => Task.FromResult<object?>(Capabilities),
        ["GetDashboardUrlsAsync"] = async (_, ct) => await DashboardUrlsAsync(ct),
        ["GetAppHostLogEntriesAsync"] = (_, ct) => Task.FromResult<object?>(NothingAsync(ct)),
        ["GetResourceStatesAsync"] = (_, ct) => Task.FromResult<object?>(WatchAsync(ct)),
        ["NotifyAppHostReadyAsync"] = (_, _) => Task.FromResult<object?>(null),
        ["RequestStopAsync"] = (_, _) => Stop(),
    };

    /// <summary>The CLI opens the link as soon as it has it.</summary>
    private async Task<object> DashboardUrlsAsync(CancellationToken ct)
    {
        await dashboard.WaitUntilHealthyAsync(ct);

        return new
        {
            dashboardHealthy = dashboard.IsHealthy,
            baseUrlWithLoginToken = dashboard.LoginUrl,
            codespacesUrlWithLoginToken = (string?)null,
        };
    }

    private async IAsyncEnumerable<object> WatchAsync([EnumeratorCancellation] CancellationToken ct = default)
    {
        await foreach (var change in notifications.WatchAsync(ct))
        {
            yield return new
            {
                resource = change.Resource.Name,
                type = change.Snapshot.ResourceType,
                state = change.Snapshot.State?.Text ?? "",
                endpoints = change.Snapshot.Urls.Where(url => !url.IsInternal).Select(url => url.Url),
                health = change.Snapshot.HealthStatus?.ToString(),
            };
        }
    }

    /// <summary>The app host writes its log to the console, which the CLI shows.</summary>
    private static async IAsyncEnumerable<object> NothingAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await Task.Delay(Timeout.Infinite, ct);
        yield break;
    }

    private Task<object?> Stop()
    {
        lifetime.StopApplication();
        return Task.FromResult<object?>(null);
    }
}
