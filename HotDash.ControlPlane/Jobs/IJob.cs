namespace HotDash.ControlPlane.Jobs;

/// <summary>A piece of background work with a payload. It may run more than once, so running twice must be harmless.</summary>
public interface IJob<in TPayload>
{
    /// <summary>Answers what happened; throwing means "again, later", with back-off.</summary>
    Task<JobOutcome> RunAsync(TPayload payload, JobContext context, CancellationToken ct);
}

/// <summary>Recurring work: one row with its next due time, run by one process at a time.</summary>
public interface IRecurringJob
{
    /// <inheritdoc cref="IJob{TPayload}.RunAsync"/>
    Task<JobOutcome> RunAsync(JobContext context, CancellationToken ct);
}
