using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Engine.Dcp;

/// <summary>Follows the objects of one kind for as long as the AppHost runs.</summary>
internal sealed class DcpWatch(DcpHost dcp, ILogger<DcpWatch> logger)
{
    private static readonly TimeSpan Renewal = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private const int LostAfter = 20;

    /// <summary>Returns when DCP is gone for good; a new watch starts by telling everything again.</summary>
    public async Task RunAsync(string path, Action<DcpEvent> observe, CancellationToken ct)
    {
        var failures = 0;
        while (failures < LostAfter)
        {
            using var renewal = CancellationTokenSource.CreateLinkedTokenSource(ct);
            renewal.CancelAfter(Renewal);

            try
            {
                await foreach (var change in dcp.Client.WatchAsync(path, renewal.Token))
                {
                    failures = 0;
                    observe(change);
                }
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                continue;
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                logger.LogDebug(e, "The watch of {Path} broke.", path);
            }

            failures++;
            await Task.Delay(Pause, ct);
        }
    }
}
