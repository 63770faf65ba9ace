using HotDash.Benchmarks.Processes;

namespace HotDash.Benchmarks.Approvals;

/// <summary>A call that Chatwoot takes its time for.</summary>
/// <param name="kind">Of the stand-in's faults: <c>latency</c> comes before the effect, <c>slow-body</c> after it.</param>
internal sealed class WireSnag(SandboxProcess sandbox, string method, string kind) : ISnag
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public Task SetAsync(CancellationToken ct) =>
        sandbox.SetFaultsAsync([new { provider = "chatwoot", kind, method, route = "*/messages", delay = "4s", count = 1 }], ct);

    public async Task CatchAsync(CancellationToken ct)
    {
        // What has happened as often as it may is no longer listed.
        while (await sandbox.CountFaultsAsync(ct) is [0])
            await Task.Delay(Pause, ct);
    }

    public Task ReleaseAsync(CancellationToken ct) => sandbox.SetFaultsAsync([], ct);
}
