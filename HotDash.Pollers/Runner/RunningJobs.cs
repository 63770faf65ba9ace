using System.Collections.Concurrent;
using HotDash.ControlPlane.Jobs;

namespace HotDash.Pollers.Runner;

/// <summary>The jobs of this process that are running, by fence.</summary>
internal sealed class RunningJobs
{
    private readonly ConcurrentDictionary<long, RunningJob> _jobs = new();

    public int Count => _jobs.Count;

    public IReadOnlyCollection<RunningJob> All => [.. _jobs.Values];

    public RunningJob Add(ClaimedJob job)
    {
        var running = new RunningJob(job);
        _jobs[job.Lease.Fence] = running;
        return running;
    }

    public void Remove(RunningJob job)
    {
        _jobs.TryRemove(job.Claimed.Lease.Fence, out _);
        job.Dispose();
    }
}

/// <summary>A job being run, and the ways to end it early.</summary>
internal sealed class RunningJob(ClaimedJob claimed) : IDisposable
{
    private readonly CancellationTokenSource _cancel = new();

    public ClaimedJob Claimed => claimed;

    public CancellationToken Cancelled => _cancel.Token;

    /// <summary>Why it was cancelled; null while it was not.</summary>
    public string? Why { get; private set; }

    public void Cancel(string why)
    {
        Why ??= why;
        try
        {
            _cancel.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended at this moment.
        }
    }

    public void Dispose() => _cancel.Dispose();
}
