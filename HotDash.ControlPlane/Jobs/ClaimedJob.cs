namespace HotDash.ControlPlane.Jobs;

/// <summary>A job that this process holds a lease on.</summary>
internal sealed record ClaimedJob(JobLease Lease, string Kind, string Payload, int Attempt, int MaxAttempts, TimeSpan? Every, string? Traceparent)
{
    public bool IsRecurring => Every is not null;

    public FinishedJob Done() => IsRecurring ? Again(wait: null, attempt: 0) : new(Lease, JobEnd.Delete);

    /// <summary>Runs again after <paramref name="wait"/>; null: at its next time, for a recurring job.</summary>
    public FinishedJob Again(TimeSpan? wait, int attempt, string? error = null) => new(Lease, JobEnd.Again) { Wait = wait, Attempt = attempt, Error = error };

    public FinishedJob Dead(string reason) => new(Lease, JobEnd.Dead) { Attempt = Attempt, Error = reason };
}

internal enum JobEnd { Delete, Again, Dead }

/// <summary>What becomes of the row, if it still carries the lease's fence.</summary>
internal sealed record FinishedJob(JobLease Lease, JobEnd End)
{
    public TimeSpan? Wait { get; init; }

    public int Attempt { get; init; }

    public string? Error { get; init; }
}

/// <summary>What one round trip brought: the jobs claimed, and the fences of finished ones whose lease another worker holds by now.</summary>
internal sealed record JobExchange(IReadOnlyList<ClaimedJob> Claimed, IReadOnlySet<long> Stale);

/// <summary>Jobs of one kind: waiting although due, how long the first of them is overdue, and dead.</summary>
internal sealed record JobBacklog(string Kind, long Depth, TimeSpan OldestAge, long Dead);
