namespace HotDash.ControlPlane.Jobs;

/// <summary>What a run of a job says about itself. Only the runner decides about time.</summary>
public sealed class JobOutcome
{
    private JobOutcome(TimeSpan? wait = null, string? reason = null) => (Wait, Reason) = (wait, reason);

    /// <summary>Finished. A recurring job runs again at its next time.</summary>
    public static JobOutcome Done { get; } = new();

    /// <summary>How long to wait, for a snooze.</summary>
    public TimeSpan? Wait { get; }

    /// <summary>Why it will never succeed, for a stop.</summary>
    public string? Reason { get; }

    /// <summary>Not yet: run again after <paramref name="wait"/>. It does not count as an attempt.</summary>
    public static JobOutcome Snooze(TimeSpan wait)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wait, TimeSpan.Zero);
        return new(wait: wait);
    }

    /// <summary>Never again: the job is kept as dead, with the reason, for a person. A recurring job tries again at its next time.</summary>
    public static JobOutcome Stop(string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        return new(reason: reason);
    }
}
