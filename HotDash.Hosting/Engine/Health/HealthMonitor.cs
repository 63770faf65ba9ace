using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Engine.Health;

/// <summary>Runs the AppHost's own checks of a resource while it runs: often until they succeed, then seldom.</summary>
internal sealed class HealthMonitor(HealthCheckService checks, ResourceNotificationService notifications, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan HealthyPause = TimeSpan.FromSeconds(30);

    public async Task RunAsync(IResource resource, CancellationToken ct)
    {
        var keys = resource.Annotations.OfType<HealthCheckAnnotation>().Select(c => c.Key).ToHashSet(StringComparer.Ordinal);
        var pause = FirstPause;

        while (true)
        {
            await notifications.WaitForResourceAsync(resource.Name, cancellationToken: ct);
            var report = await checks.CheckHealthAsync(check => keys.Contains(check.Name), ct);
            await PublishAsync(resource, report);

            pause = report.Status is HealthStatus.Healthy ? HealthyPause : Min(pause * 2, LongestPause);
            if (await EndsWithinAsync(resource, pause, ct))
                pause = FirstPause;
        }
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    /// <summary>A process that was replaced is checked at once, not after the pause.</summary>
    private async Task<bool> EndsWithinAsync(IResource resource, TimeSpan pause, CancellationToken ct)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ct);
        enough.CancelAfter(pause);
        try
        {
            await notifications.WaitForResourceAsync(
                resource.Name, e => e.Snapshot.State?.Text != KnownResourceStates.Running, enough.Token);
            return true;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }

    private Task PublishAsync(IResource resource, HealthReport report) => notifications.PublishUpdateAsync(resource, snapshot =>
        snapshot.State?.Text != KnownResourceStates.Running ? snapshot : report.Entries.Aggregate(snapshot, (s, entry) => s.With(
            new HealthReportSnapshot(entry.Key, entry.Value.Status, entry.Value.Description, entry.Value.Exception?.Message)
            {
                LastRunAt = time.GetUtcNow().UtcDateTime,
            })));
}
