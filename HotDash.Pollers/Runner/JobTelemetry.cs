using System.Diagnostics;
using HotDash.ControlPlane.Jobs;

namespace HotDash.Pollers.Runner;

/// <summary>The span of a run continues the trace of the request that enqueued the job; a recurring job starts its own.</summary>
internal static class JobTelemetry
{
    public const string Name = "HotDash.Jobs";

    private static readonly ActivitySource Source = new(Name);

    public static Activity? Start(ClaimedJob job)
    {
        _ = ActivityContext.TryParse(job.Traceparent, null, isRemote: true, out var enqueuer);
        var activity = Source.StartActivity($"job {job.Kind}", ActivityKind.Consumer, enqueuer);

        activity?.SetTag("hotdash.job.id", job.Lease.JobId);
        activity?.SetTag("hotdash.job.kind", job.Kind);
        activity?.SetTag("hotdash.job.attempt", job.Attempt);

        return activity;
    }
}
