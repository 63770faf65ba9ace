namespace HotDash.ControlPlane.Jobs;

/// <summary>Too little is left of the lease for an effect: the job runs again, here or elsewhere.</summary>
public sealed class LeaseTooShortException(TimeSpan needed, TimeSpan remaining)
    : Exception($"The job needs its lease for another {needed.TotalSeconds:0.0} s, but {remaining.TotalSeconds:0.0} s remain.");

/// <summary>Another worker has the job now: nothing that this one does for it may take effect.</summary>
public sealed class LeaseLostException(Guid jobId)
    : Exception($"Job {jobId} was leased to another worker meanwhile.");
