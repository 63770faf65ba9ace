using HotDash.ControlPlane.Jobs;

namespace HotDash.TestWorker;

internal sealed record Nothing;

/// <summary>What is left is the queue's own work.</summary>
internal sealed class NothingJob : IJob<Nothing>
{
    public Task<JobOutcome> RunAsync(Nothing payload, JobContext context, CancellationToken ct) => Task.FromResult(JobOutcome.Done);
}
